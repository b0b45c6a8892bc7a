"""A dark and a light theme: a calm ground, amber for stars, red for clashes, blue for where one is, grey for what is past.

Each colour stands beside a sign or a word, so that nothing is lost in a terminal without colours.
"""

from __future__ import annotations

from textual.theme import Theme


def _theme(name: str, *, dark: bool, **colour: str) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        primary=colour["blue"],
        secondary=colour["blue"],
        accent=colour["star"],
        warning=colour["star"],
        error=colour["clash"],
        success=colour["good"],
        foreground=colour["ink"],
        background=colour["ground"],
        surface=colour["raised"],
        panel=colour["raised"],
        boost=colour["raised"],
        variables={
            **colour,
            "border": colour["blue"],
            "border-blurred": colour["faint"],
            "scrollbar": colour["faint"],
            "scrollbar-hover": colour["dim"],
            "scrollbar-active": colour["blue"],
            "scrollbar-background": colour["ground"],
            "scrollbar-background-hover": colour["ground"],
            "scrollbar-background-active": colour["ground"],
            "scrollbar-corner-color": colour["ground"],
            "input-cursor-background": colour["blue"],
            "input-cursor-foreground": colour["ground"],
            "input-selection-background": colour["cursor"],
            "block-cursor-background": colour["cursor"],
            "block-cursor-foreground": colour["ink"],
            "block-cursor-text-style": "bold",
        },
    )


DARK = _theme(
    "planner-dark",
    dark=True,
    ground="#14171c",
    raised="#1b1f26",
    ink="#d6dae1",
    dim="#878e9a",
    faint="#343b46",
    star="#e9b949",
    clash="#f2777a",
    good="#86c08b",
    blue="#7fb0d9",
    cursor="#27384a",
    resting="#20262f",
)

LIGHT = _theme(
    "planner-light",
    dark=False,
    ground="#fbfaf7",
    raised="#f1efe9",
    ink="#262a31",
    dim="#6b7078",
    faint="#d3d0c7",
    star="#a86a00",
    clash="#c0322b",
    good="#35743f",
    blue="#22648f",
    cursor="#d5e5f1",
    resting="#e9e8e3",
)

THEMES = {"dark": DARK, "light": LIGHT}
"""The themes by the name that ``theme`` in ``config.toml`` gives them."""

NAMES = ("ink", "ground", "raised", "dim", "faint", "star", "clash", "good", "blue", "cursor", "resting")
"""The colours that widgets ask a theme for, by what they mean."""
