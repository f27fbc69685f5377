"""The header of an ICC profile (ICC.1:2004-10, 7.2)."""

from dataclasses import dataclass

COMPONENTS = {"GRAY": 1, "RGB ": 3, "Lab ": 3, "CMYK": 4}


@dataclass(frozen=True)
class Profile:
    """The header of a profile; `data` is the whole profile."""

    data: bytes
    major: int
    minor: int
    device_class: str
    colour_space: str

    @staticmethod
    def read(data: bytes) -> "Profile | None":
        """The profile, or `None` if the data are not a profile."""
        if len(data) < 128 or data[36:40] != b"acsp":
            return None
        return Profile(
            data,
            major=data[8],
            minor=data[9] >> 4,
            device_class=data[12:16].decode("latin-1"),
            colour_space=data[16:20].decode("latin-1"),
        )

    @property
    def components(self) -> int | None:
        return COMPONENTS.get(self.colour_space)

    @property
    def has_right_size(self) -> bool:
        return int.from_bytes(self.data[0:4]) == len(self.data)
