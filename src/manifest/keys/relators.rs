//! The relators of the Library of Congress (roles of creators) that photo books need.

use crate::model::Role;

macro_rules! relators {
    ($($code:literal $term:literal)*) => {
        /// The roles, each with its code, in the order of their terms.
        const ROLES: &[Role] = &[$(Role { code: $code, term: $term }),*];
        /// The terms and then the codes, for hints and for the schema.
        pub(crate) const NAMES: &[&str] = &[$($term,)* $($code),*];
    };
}

relators! {
    "arc" "architect"
    "art" "artist"
    "asn" "associated name"
    "aut" "author"
    "aft" "author of afterword"
    "aui" "author of introduction"
    "bnd" "binder"
    "bkd" "book designer"
    "bkp" "book producer"
    "bjd" "bookjacket designer"
    "ctg" "cartographer"
    "col" "collector"
    "clr" "colorist"
    "com" "compiler"
    "ccp" "conceptor"
    "ctb" "contributor"
    "cph" "copyright holder"
    "cov" "cover designer"
    "cre" "creator"
    "cur" "curator"
    "dte" "dedicatee"
    "dsr" "designer"
    "dst" "distributor"
    "dnr" "donor"
    "edt" "editor"
    "egr" "engraver"
    "etr" "etcher"
    "fmo" "former owner"
    "fnd" "funder"
    "ill" "illustrator"
    "ive" "interviewee"
    "ivr" "interviewer"
    "ltg" "lithographer"
    "nrt" "narrator"
    "oth" "other"
    "own" "owner"
    "ppm" "papermaker"
    "pht" "photographer"
    "plt" "platemaker"
    "prt" "printer"
    "pdr" "project director"
    "pfr" "proofreader"
    "pbl" "publisher"
    "rpt" "reporter"
    "res" "researcher"
    "rev" "reviewer"
    "spn" "sponsor"
    "trl" "translator"
    "tyd" "type designer"
    "tyg" "typographer"
    "vdg" "videographer"
    "wam" "writer of accompanying material"
    "wac" "writer of added commentary"
    "wat" "writer of added text"
    "win" "writer of introduction"
    "wpr" "writer of preface"
}

/// The role of a creator without one.
pub(crate) const PHOTOGRAPHER: Role = Role { code: "pht", term: "photographer" };

/// Finds a role by its term or code.
pub(crate) fn find(name: &str) -> Option<Role> {
    let name = name.trim().to_lowercase().replace(['-', '_'], " ");
    ROLES.iter().find(|role| role.term == name || role.code == name).copied()
}
