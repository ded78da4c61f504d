const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)

/** A tenth of a pixel is finer than anybody sees, and the same on every machine. */
export const pixel = (number: number): string => String(Number(number.toFixed(1)))
