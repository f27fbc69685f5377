//! The macro that makes a type of the list of finding codes.

/// Declares the codes, each with its name, default severity and explanation.
macro_rules! codes {
    ($($variant:ident = $name:literal, $severity:ident {
        means: $means:literal,
        matters: $matters:literal,
        fix: $fix:literal $(,)?
    })*) => {
        /// The stable name of a kind of finding, such as `photo-missing`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $means] $variant,)*
        }

        impl Code {
            /// All codes, in alphabetical order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// What the code stands for.
            pub fn explanation(self) -> Explanation {
                match self {
                    $(Self::$variant => Explanation {
                        name: $name,
                        severity: Severity::$severity,
                        means: $means,
                        matters: $matters,
                        fix: $fix,
                    },)*
                }
            }
        }
    };
}

pub(super) use codes;
