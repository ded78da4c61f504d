/** Examples by their name; each begins when it is loaded. */
const examples: Readonly<Record<string, () => Promise<unknown>>> = {
  agent: () => import('./agent/main.ts'),
}

const [name = ''] = process.argv.slice(2)
const example = Object.hasOwn(examples, name) ? examples[name] : undefined
if (example) await example()
else {
  console.error(`usage: pnpm example <${Object.keys(examples).join(' | ')}>`)
  process.exitCode = 1
}
