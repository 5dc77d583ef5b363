"""Caption vectors for training and evaluation, from the static text table alone.

The direction of a mean is the direction of the sum, so the words before a noun are added to its sum of rows and the result is
normalised: exactly what `model.caption_vector` gives for the joined caption.
"""

import torch
import torch.nn.functional as F
from tokenizers import BertWordPieceTokenizer

PREFIXES = ["a", "the", "one", "cute", "nice", "big", "small", "fresh", "happy", "modern", "vintage", "beautiful", "simple",
            "my", "new", "old", "an image of a", "icon of a", "drawing of"]


def text_table(tensors):
    """Tensors of text.safetensors.zst → float [27734, 256]"""
    return tensors["table"].float() * tensors["scale"].float()[:, None]


def tokenizer_of(tensors):
    """The WordPiece tokenizer whose vocabulary the text table carries."""
    words = bytes(tensors["vocab"].numpy()).decode("utf-8").split("\n")
    return BertWordPieceTokenizer({word: i for i, word in enumerate(words)}, lowercase=True)


class Captions:
    """The captions of the trained concepts: each its name first, then its keywords. The drawings of a caption share them."""

    def __init__(self, rows, tensors):
        self.table, self.tokenizer = text_table(tensors), tokenizer_of(tensors)
        self.names = list(dict.fromkeys(row["caption"] for row in rows))
        words = {row["caption"]: [word for word in row["keywords"].split(",") if word] for row in rows}
        self.texts = [[name, *words[name]] for name in self.names]
        self.of_row = [self.names.index(row["caption"]) for row in rows]

    def sum_of(self, text):
        return self.table[torch.tensor(self.tokenizer.encode(text, add_special_tokens=False).ids)].sum(dim=0)

    def vector(self, text):
        return F.normalize(self.sum_of(text), dim=0)
