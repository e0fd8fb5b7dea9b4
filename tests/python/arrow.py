"""Arrow's C structures by ctypes: columns for tests, which count their releases, and what columns hold, as Python values.

No Arrow library is needed. Columns are given as `struct(name=…)`, `values(...)`, `words(...)`; `Batch` and `Stream` offer
them as Arrow's PyCapsule interface has it.
"""

import ctypes as c
import struct as binary


class Schema(c.Structure):
    pass


class Array(c.Structure):
    pass


class Stream_(c.Structure):
    pass


Schema._fields_ = [
    ("format", c.c_char_p),
    ("name", c.c_char_p),
    ("metadata", c.c_char_p),
    ("flags", c.c_int64),
    ("n_children", c.c_int64),
    ("children", c.POINTER(c.POINTER(Schema))),
    ("dictionary", c.POINTER(Schema)),
    ("release", c.CFUNCTYPE(None, c.POINTER(Schema))),
    ("private_data", c.c_void_p),
]
Array._fields_ = [
    ("length", c.c_int64),
    ("null_count", c.c_int64),
    ("offset", c.c_int64),
    ("n_buffers", c.c_int64),
    ("n_children", c.c_int64),
    ("buffers", c.POINTER(c.c_void_p)),
    ("children", c.POINTER(c.POINTER(Array))),
    ("dictionary", c.POINTER(Array)),
    ("release", c.CFUNCTYPE(None, c.POINTER(Array))),
    ("private_data", c.c_void_p),
]
Stream_._fields_ = [
    ("get_schema", c.CFUNCTYPE(c.c_int, c.POINTER(Stream_), c.POINTER(Schema))),
    ("get_next", c.CFUNCTYPE(c.c_int, c.POINTER(Stream_), c.POINTER(Array))),
    ("get_last_error", c.CFUNCTYPE(c.c_void_p, c.POINTER(Stream_))),
    ("release", c.CFUNCTYPE(None, c.POINTER(Stream_))),
    ("private_data", c.c_void_p),
]

_new = c.pythonapi.PyCapsule_New
_new.restype, _new.argtypes = c.py_object, [c.c_void_p, c.c_char_p, c.c_void_p]
_pointer = c.pythonapi.PyCapsule_GetPointer
_pointer.restype, _pointer.argtypes = c.c_void_p, [c.py_object, c.c_char_p]

#: What is pointed to by others, or may be until it is released.
_kept = []


def capsule(structure, name):
    _kept.append((structure, name))
    return _new(c.addressof(structure), name, None)


# --------------------------------------------------------------------------------------------------------- columns made


def bits(truths):
    out = bytearray((len(truths) + 7) // 8)
    for i, truth in enumerate(truths):
        out[i // 8] |= bool(truth) << (i % 8)
    return bytes(out)


class Column:
    """The first `skipped` values are beyond the slice. None is a null."""

    def __init__(self, format, values, buffers, *, skipped=0, children=(), dictionary=None, validity=True):
        there = bits([value is not None for value in values])
        has_nulls = validity and any(value is None for value in values[skipped:])
        self.format, self.length, self.offset = format.encode(), len(values) - skipped, skipped
        self.buffers = [there if has_nulls else None, *buffers]
        self.null_count = sum(value is None for value in values[skipped:])
        self.children, self.dictionary = dict(children), dictionary

    def schema(self, name="", released=None):
        children = [child.schema(key) for key, child in self.children.items()]
        out = Schema(self.format, name.encode(), None, 2, len(children))
        out.children = (c.POINTER(Schema) * len(children))(*map(c.pointer, children))
        if self.dictionary is not None:
            out.dictionary = c.pointer(self.dictionary.schema())
        out.release = _release(Schema, released)
        _kept.append((children, out))
        return out

    def array(self, released=None):
        children = [child.array() for child in self.children.values()]
        held = [None if data is None else c.create_string_buffer(data, max(len(data), 1)) for data in self.buffers]
        places = [None if data is None else c.addressof(data) for data in held]
        out = Array(self.length, self.null_count, self.offset, len(held), len(children))
        out.buffers = (c.c_void_p * len(held))(*places)
        out.children = (c.POINTER(Array) * len(children))(*map(c.pointer, children))
        if self.dictionary is not None:
            out.dictionary = c.pointer(self.dictionary.array())
        out.release = _release(Array, released)
        _kept.append((children, held, out))
        return out


def _release(of, released):
    @c.CFUNCTYPE(None, c.POINTER(of))
    def release(structure):
        if released is not None:
            released.append(of.__name__)
        structure.contents.release = type(release)()

    _kept.append(release)
    return release


def values(format, code, given, **more):
    """Numbers: `values("l", "q", [1, None])`."""
    packed = b"".join(binary.pack(code, 0 if value is None else value) for value in given)
    return Column(format, given, [packed], **more)


def flags(given, **more):
    return Column("b", given, [bits(given)], **more)


def texts(given, **more):
    data, offsets = b"", [0]
    for text in given:
        data += (text or "").encode()
        offsets.append(len(data))
    return Column("u", given, [binary.pack(f"{len(offsets)}i", *offsets), data], **more)


def words(given, dictionary, **more):
    indices = [None if word is None else dictionary.index(word) for word in given]
    return values("c", "b", indices, dictionary=texts(dictionary), **more)


def struct(length, *, skipped=0, **children):
    return Column("+s", [()] * (length + skipped), [], skipped=skipped, children=children)


class Batch:
    """One batch of cases; `released` tells what was released, in order."""

    def __init__(self, column):
        self.column, self.released = column, []

    def __arrow_c_array__(self, requested_schema=None):
        schema, array = self.column.schema(released=self.released), self.column.array(released=self.released)
        return capsule(schema, b"arrow_schema"), capsule(array, b"arrow_array")


class Stream:
    """Several batches; `broken` is said in place of the last one."""

    def __init__(self, *columns, broken=None):
        self.columns, self.released, self.broken = columns, [], broken

    def __arrow_c_stream__(self, requested_schema=None):
        left = list(self.columns)

        def get_schema(_, out):
            out[0] = self.columns[0].schema(released=self.released)
            return 0

        def get_next(_, out):
            if self.broken is not None and len(left) == 1:
                return 5
            c.memset(out, 0, c.sizeof(Array))
            if left:
                out[0] = left.pop(0).array(released=self.released)
            return 0

        why = c.create_string_buffer(self.broken or b"")
        out = Stream_()
        for name, function in (
            ("get_schema", get_schema),
            ("get_next", get_next),
            ("get_last_error", lambda _: c.addressof(why)),
        ):
            made = dict(Stream_._fields_)[name](function)
            _kept.append(made)
            setattr(out, name, made)
        out.release = _release(Stream_, self.released)
        return capsule(out, b"arrow_array_stream")


# --------------------------------------------------------------------------------------------------------- columns read


def _read(schema, array, row):
    place = array.offset + row
    if array.n_buffers and array.buffers[0] and not c.string_at(array.buffers[0] + place // 8, 1)[0] >> (place % 8) & 1:
        return None
    format = schema.format.decode()

    def at(code, index):
        size = binary.calcsize(code)
        return binary.unpack(code, c.string_at(array.buffers[1] + index * size, size))[0]

    if schema.dictionary:
        index = at({"c": "b", "s": "h", "i": "i"}[format], place)
        return _read(schema.dictionary.contents, array.dictionary.contents, index)
    if format == "+s":
        names = [schema.children[i].contents.name.decode() for i in range(schema.n_children)]
        parts = [_read(schema.children[i].contents, array.children[i].contents, place) for i in range(schema.n_children)]
        return dict(zip(names, parts))
    if format == "+L":
        item = schema.children[0].contents, array.children[0].contents
        return [_read(*item, i) for i in range(at("q", place), at("q", place + 1))]
    if format == "U":
        return c.string_at(array.buffers[2] + at("q", place), at("q", place + 1) - at("q", place)).decode()
    if format == "b":
        return bool(c.string_at(array.buffers[1] + place // 8, 1)[0] >> (place % 8) & 1)
    if format.startswith("d:"):
        return at("q", 2 * place)
    return at({"l": "q", "i": "i", "c": "b", "tdD": "i", "g": "d"}.get(format, "q"), place)


def _inside(of, given, name):
    return of.from_address(_pointer(given, name))


def rows_of_array(given):
    """The rows of what has `__arrow_c_array__`, as Python values."""
    both = given.__arrow_c_array__()
    schema, array = _inside(Schema, both[0], b"arrow_schema"), _inside(Array, both[1], b"arrow_array")
    return [_read(schema, array, row) for row in range(array.length)]


def batches_of_stream(given):
    """The same of each batch of what has `__arrow_c_stream__`."""
    held = given.__arrow_c_stream__()
    stream = _inside(Stream_, held, b"arrow_array_stream")
    schema = Schema()
    assert stream.get_schema(c.byref(stream), c.byref(schema)) == 0
    batches = []
    while True:
        array = Array()
        assert stream.get_next(c.byref(stream), c.byref(array)) == 0
        if not array.release:
            break
        batches.append([_read(schema, array, row) for row in range(array.length)])
        array.release(c.byref(array))
        assert not array.release
    schema.release(c.byref(schema))
    return batches
