/** What crosses from step to step and from process to process, and that it crosses by value. */
export const valueBehaviours = {
  'value.kinds':
    'Dates, maps, sets, bigints, regular expressions, URLs, buffers and typed arrays cross as what they are.',
  'value.special-numbers': '`NaN`, the infinities and `-0` cross as they are.',
  'value.nothing': '`undefined` and `null` are told apart, also inside of objects and lists.',
  'value.errors': 'Errors cross as values too, inside of any others.',
  'value.cycles': 'A value may contain itself, and where two places hold the same object they still do.',
  'value.bytes': 'Hundreds of kilobytes of bytes or text cross unchanged.',
  'value.strings': 'Null bytes, lone surrogates and any other characters cross, in texts and in keys.',
  'value.keys': 'Keys such as `__proto__` are keys like any others; nothing that crosses changes a prototype.',
  'value.key-order': 'Objects, maps and sets keep the order of what is in them.',
  'value.big-data': 'Long lists and objects with many keys cross.',
  'value.callers-input': 'What a caller does to the input after `start` was called changes nothing.',
  'value.own-output': 'What a body does to its output after it returned changes nothing.',
  'value.own-input': 'What a body does to its input is seen by nobody else: no step, no record, no other attempt.',
  'value.own-results': 'What a body does to the result of another step or to the run input is seen by nobody else.',
  'value.own-result': 'Every result is a copy for its caller.',
  'value.own-state': 'State is changed by `setState` only; what a body does to its copy goes with it.',
  'value.own-context': 'What a request context holds is changed by `set` and `delete` only.',
  'value.shared-output': 'Two steps that give the same object give two values.',
  'value.members': 'Members of a parallel and items of a foreach have copies of their own.',
} as const
