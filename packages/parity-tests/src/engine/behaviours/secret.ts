/** Secrets that steps ask for, and how they stay out of everything else. */
export const secretBehaviours = {
  'secret.asked':
    'Each call of `secret` asks the function of the process that runs the step anew, and tells it who asks.',
  'secret.unavailable':
    'Where there is no such function, or it throws or gives no text, the error names workflow, step and secret; it is tried again like others.',
  'secret.masked':
    'In errors of a step that was given a secret it is masked: in messages, stacks, properties and causes, also inside JSON and addresses.',
  'secret.masked-class': 'An error in which something was masked keeps its name, its class and its code.',
  'secret.refused':
    'A step whose output, state, suspension, bail, request context or chunk holds a secret that it was given fails, is not tried again, and nothing of that is recorded.',
  'secret.caught': 'A body may catch the refusal of a call and go on.',
  'secret.allowed': 'With `secretsInValues: "allow"` such values are recorded, and errors are masked all the same.',
  'secret.short': 'Secrets of fewer than eight characters are not looked for.',
  'secret.apart': 'What one step was given says nothing about what others may give.',
  'secret.functions': 'What conditions, maps and sleeps were given is masked and refused in the same way.',
} as const
