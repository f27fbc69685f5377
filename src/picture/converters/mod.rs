//! The programs that convert photos which recto cannot read, and their command lines. They are run
//! by `build`, and shown in messages.

mod advice;
mod command;
mod programs;

pub(crate) use advice::quoted;
pub use command::ConvertCommand;
pub use programs::{Converter, Converters, ConvertibleKind, Platform};
