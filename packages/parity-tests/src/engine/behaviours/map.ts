/** Maps: the next input made from what is there. */
export const mapBehaviours = {
  'map.function': 'A map may be a function, also an async one: what it gives is the next input.',
  'map.function-context': 'The function of a map is given what a step is given.',
  'map.object': 'A map of sources gives an object with a value for each key.',
  'map.value': 'A source may be a constant, of which every run gets a copy.',
  'map.fn': 'A source may be a function of the same context as a step.',
  'map.step':
    'A source may be the output of an earlier step, or what stands at a dotted path in it; numbers in a path are places in lists.',
  'map.missing-path': 'A path that leads nowhere, or to what is not the value’s own, gives `undefined`.',
  'map.step-without-result':
    'A source whose step has no result fails the map with an error that names map, key and step.',
  'map.first-of-several': 'Of several steps, the first in the list that has succeeded gives the value.',
  'map.init-data': 'A source may be the input of the workflow that the map stands in.',
  'map.request-context': 'A source may be an entry of the request context.',
  'map.template':
    'A source may be a text with placeholders for input, run input, state, request context and step results.',
  'map.template-empty': 'In a template, what is not there, `null` and `undefined` become nothing.',
  'map.template-text': 'Texts, numbers and booleans stand in a template as they print.',
  'map.template-object': 'A placeholder that meets an object or a list fails the map with an error that names it.',
  'map.template-no-result': 'A placeholder for a step without a result fails the map with an error that names it.',
  'map.template-literal': 'A dollar sign that opens no braces, and braces that are not closed, stand for themselves.',
  'map.template-step-ids': 'Step ids in a placeholder may have dots in them.',
  'map.template-once': 'What a placeholder brings in is not read as a template again.',
  'map.definition': 'A wrong source or placeholder is refused when the workflow is defined, naming the key.',
  'map.variable': 'A source made with `mapVariable` away from the map is the source itself.',
  'map.record': 'A map keeps a record under its id and stands in the execution path, as a step does.',
  'map.ids': 'A map without an id is named after its workflow and its place among the maps.',
  'map.throws': 'A map that throws fails the run with an error that names the map and keeps what was thrown.',
  'map.retries': 'A map is retried as its workflow says.',
  'map.not-checked': 'What a map gives is checked by the step behind it.',
  'map.suspends': 'The function of a map may suspend, as a step may.',
  'map.resumed-behind': 'A step behind a map gets the mapped input on its resume too; the map is not made again.',
} as const
