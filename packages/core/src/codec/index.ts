export type { Codec, Encoded, Encryption, RunOwner, SyncCodec, Taken, ValueOwner } from './codec.js'
export { type CodecOptions, createCodec } from './create-codec.js'
export { decode } from './decode.js'
export { encode } from './encode.js'
export { isolate } from './isolate.js'
export type { Offload } from './offload.js'
export { sameValue } from './same-value.js'
export {
  type RegisteredClass,
  type ValueLimits,
  type ValueOptions,
  type ValueRules,
  valueRules,
} from './value-rules.js'
