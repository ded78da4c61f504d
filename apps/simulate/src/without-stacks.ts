/** Stacks say where the code lies, which is another place everywhere. */
export async function withoutStacks<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const { prepareStackTrace } = Error
  Error.prepareStackTrace = (error) => `${error}\n    at the body of a step`
  try {
    return await ask()
  } finally {
    Error.prepareStackTrace = prepareStackTrace
  }
}
