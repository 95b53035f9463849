"""A group's board: who leads, over which time, under which name."""

from handlers.board.aliases import alias
from handlers.board.presses import ShowBoard, StandOnBoard
from handlers.board.showing import board, show_board, stand_on_board
from handlers.kit.feature import Called, Feature

FEATURE = Feature(
    name="board",
    commands=(Called("alias", "your name in group quizzes, or none", alias),),
    group_commands=(Called("board", "who leads; /board month, all, alias Ada, hide", board),),
    group_presses={ShowBoard: show_board, StandOnBoard: stand_on_board},
)
