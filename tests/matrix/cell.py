"""One mistake in one scheme: what is sent, what was signed instead, and what should be said of it."""

import hashlib

from model import SECRET, mac, raw

MISTAKES = {}


def mistake(*codes, name="", of=None):
    """Registers how a cause is planted, for the schemes `of` lets through; several ways of one cause are several cells."""
    def register(plant):
        for code in codes:
            MISTAKES.setdefault(code, []).append((name or plant.__name__.strip("_"), of, plant))
        return plant

    return register


class Cell:
    def __init__(self, scheme):
        self.scheme, self.req = scheme, scheme.sample()
        self.given = self.secret = SECRET
        self._slots = None
        self.certainty, self.at, self.answer, self.life = "proved", None, None, None
        self.related, self.hints = [], {}
        self.edit_canonical = self.edit_string = self.edit_sent = lambda value: value
        self.hash, self.how, self.key, self.spell = None, None, None, None
        # What the server computed, where it is not what follows from the request.
        self.theirs = None
        # Whether a text is signed that no rule for the request gives.
        self.knows_text = True

    @property
    def slots(self):
        """The pieces of the text that is signed. From the first use on, the request may change without them."""
        if self._slots is None:
            self._slots = self.scheme.slots(self.req)
        return self._slots

    def freeze(self):
        self._slots = self.slots

    def seen(self, certainty="seen"):
        self.certainty = certainty

    def signs(self, *words):
        return all(word in self.scheme.signs for word in words)

    def sign(self):
        scheme, slots = self.scheme, self.slots
        name = self.hash or scheme.hash
        canonical = scheme.canonical(slots)
        digest = None
        if canonical is not None:
            canonical = self.edit_canonical(canonical)
            digest = hashlib.new(name, raw(canonical)).hexdigest()
        string = self.edit_string(scheme.string(slots, digest))
        key = self.key(self.secret) if self.key else scheme.key(slots, self.secret, name)
        if self.how:
            found = self.how(key, string, name)
        elif hasattr(scheme, "mac"):
            found = scheme.mac(key, string, name)
        else:
            found = mac(key, string, name)
        return self.spell(found) if self.spell else scheme.spell(found)

    def done(self):
        """What the test reads."""
        self.freeze()
        signature = self.sign()
        sent = self.edit_sent(self.scheme.send(self.req, signature))
        answer = self.answer
        if answer is None and self.certainty == "proved" and self.knows_text:
            try:
                answer = self.scheme.answer(self.theirs or self.scheme.slots(self.req))
            except UnicodeError:
                answer = None
        out = dict(sent=sent, certainty=self.certainty)
        if self.given != SECRET:
            out["secret"] = self.given
        if self.related:
            out["related"] = self.related
        for name in ("at", "life"):
            if getattr(self, name) is not None:
                out[name] = getattr(self, name)
        if self.hints:
            out["hints"] = self.hints
        out["answer"] = answer
        if self.answer is not None:
            out["evidence"] = "answer"
        return out


def beside(control, cell):
    """What of a cell differs from the control, to which it is read."""
    sent = {name: value for name, value in cell["sent"].items() if control["sent"].get(name) != value}
    if cell["sent"]["kind"] != control["sent"]["kind"]:
        sent = cell["sent"]
    kept = {name: value for name, value in cell.items() if name != "answer" or value != control["answer"]}
    return {**kept, "sent": sent}

