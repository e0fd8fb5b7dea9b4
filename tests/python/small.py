"""A ruleset in memory with a fact of every type, and decisions that show them."""

import praxe

VOCABULARY = """\
vocabulary: small
closed_sets:
  colour: [red, green]
records:
  Item:
    key: id
    fields:
      id: string
      amount?: money
facts:
  at?: timestamp
  text?: string
  flag?: bool
  count?: int
  ratio?: double
  price?: money
  share?: percent
  when?: timestamp
  day?: date
  term?: business_days
  colour?: colour
  items?: {list: Item, absent: []}
"""

RULESET = """\
ruleset: small
vocabulary: small.vocabulary.yaml
zone: ZONE
decisions:
"""

DECISION = """\
  NAME:
    asks: {en: "What is NAME?", pt: "O que é NAME?"}
    gives:
      value: TYPE
    always: {value: 'VALUE'}
"""


def load(zone="America/Sao_Paulo", **decisions):
    """`load(doubled=("int", "count * 2"))`: a ruleset with a decision of one field, `value`, for each argument."""
    text = RULESET.replace("ZONE", zone)
    for name, (kind, value) in decisions.items():
        text += DECISION.replace("NAME", name).replace("TYPE", kind).replace("VALUE", value)
    return praxe.load("small.yaml", files={"small.yaml": text, "small.vocabulary.yaml": VOCABULARY})
