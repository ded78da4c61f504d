/** Where lines of the engine go: what is known, and what it means. A logger of pino is one as it is, and `console` is. */
export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Writes lines that people can read: the message first, then the fields. */
export const consoleLogger: Logger = {
  debug: (fields, message) => console.debug(message, ...shown(fields)),
  info: (fields, message) => console.info(message, ...shown(fields)),
  warn: (fields, message) => console.warn(message, ...shown(fields)),
  error: (fields, message) => console.error(message, ...shown(fields)),
}

const shown = (fields: object): readonly object[] => (Object.keys(fields).length > 0 ? [fields] : [])

/** The console is a logger as well, which would put the fields first. */
export const readable = <Some extends Partial<Logger>>(logger: Some): Some | Logger =>
  (logger as unknown) === console ? consoleLogger : logger
