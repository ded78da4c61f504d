/** A value as a storage keeps it. */
export type Encoded = string | Uint8Array

/** Which run values belong to. */
export interface RunOwner {
  readonly namespace: string
  readonly runId: string
}

/** Where a value belongs. An encrypting codec binds it, so that a stored value cannot be moved elsewhere. */
export interface ValueOwner extends RunOwner {
  readonly path: string
}

/** A value in a copy that nobody else holds, and as it will be stored. */
export interface Taken {
  readonly value: unknown
  readonly encoded: Encoded
}

/**
 * Turns values into what is stored, and back. `isolate(value)` equals `decode(encode(value))` in every way, at once and
 * without text. Left behind are keys of lists that are not indices, properties added to maps, dates and the like, and
 * those parts of an error that cannot be stored; anything else that cannot cross is refused with its place.
 */
export interface Codec {
  encode(value: unknown, place: ValueOwner): Encoded | Promise<Encoded>
  decode(stored: Encoded, place: ValueOwner): unknown
  isolate<Value>(value: Value): Value
  /** A copy of what `isolate` or `decode` has made and nobody has changed since; equal to `isolate`, and cheaper. */
  copy<Value>(value: Value): Value
  /** What `isolate(value)` gives and how it is stored, from one walk. Without it one is asked for after the other. */
  take?(value: unknown): Taken
  /** Removes what the codec has put elsewhere for a run. Called before the run is deleted; calling it again is harmless. */
  discard?(run: RunOwner): Promise<void>
  /** True for a codec that answers with promises, as one that encrypts or offloads does; values are then decoded when loaded. */
  readonly waits?: boolean
}

/** A codec without encryption and offload: it never answers with a promise. */
export interface SyncCodec extends Codec {
  encode(value: unknown, place?: ValueOwner): Encoded
  decode(stored: Encoded, place?: ValueOwner): unknown
}

/** Authenticated encryption. `place` must be bound as additional data; `open` must throw when it does not match. */
export interface Encryption {
  seal(bytes: Uint8Array, place: ValueOwner): Uint8Array | Promise<Uint8Array>
  open(sealed: Uint8Array, place: ValueOwner): Uint8Array | Promise<Uint8Array>
  /** Also read values that were stored before encryption was switched on. Default false: they are refused. */
  readonly acceptUnsealed?: boolean
}
