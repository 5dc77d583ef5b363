"""Caption vectors for training and evaluation, from the static text table alone.

The direction of a mean is the direction of the sum, so the words before a noun are added to its sum of rows and the result is
normalised: exactly what `model.caption_vector` gives for the joined caption.
"""

import random

import torch
import torch.nn.functional as F
from tokenizers import BertWordPieceTokenizer

PREFIXES = ["a", "the", "one", "cute", "nice", "big", "small", "fresh", "happy", "modern", "vintage", "beautiful", "simple",
            "my", "new", "old", "an image of a", "icon of a", "drawing of"]


def text_table(tensors):
    """Tensors of text.safetensors → float [30522, 256]"""
    return tensors["table"].float() * tensors["scale"].float()[:, None]


def tokenizer_of(tensors):
    """The WordPiece tokenizer whose vocabulary the text table carries."""
    words = bytes(tensors["vocab"].numpy()).decode("utf-8").split("\n")
    return BertWordPieceTokenizer({word: i for i, word in enumerate(words)}, lowercase=True)


class Captions:
    """The captions of each concept: its name first, then its keywords."""

    def __init__(self, rows, tensors):
        self.ids = [row["id"] for row in rows]
        self.names = [row["caption"] for row in rows]
        self.table, self.tokenizer = text_table(tensors), tokenizer_of(tensors)
        self.texts = [[row["caption"]] + [w for w in row["keywords"].split(",") if w] for row in rows]
        self.sums = [torch.stack([self.sum_of(text) for text in texts]) for texts in self.texts]
        self.words = {word: self.sum_of(word) for word in PREFIXES}

    def sum_of(self, text):
        return self.table[torch.tensor(self.tokenizer.encode(text, add_special_tokens=False).ids)].sum(dim=0)

    def vector(self, text):
        return F.normalize(self.sum_of(text), dim=0)

    def draw(self, index, color=""):
        """A random caption of one concept, half of the time its name, some with a word before it → [256]"""
        sums = self.sums[index]
        total = sums[0 if random.random() < 0.6 else random.randrange(len(sums))]
        if random.random() < 0.3:
            total = total + random.choice(list(self.words.values()))
        if color:
            total = total + self.sum_of(color)
        return F.normalize(total, dim=0)
