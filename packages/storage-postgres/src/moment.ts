/** As the server can compare it with whole numbers: "ever" and "never" are times that no clock shows. */
export const moment = (at: number): number => Math.min(Math.max(at, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER)
