export { type Gate, gateAhead } from './admission.js'
export { type Chunk, chunkWritten, type Speaker, speakerOf, speakingIn } from './chunk.js'
export { MAX_LOST_ALONE } from './claim.js'
export { commands, conclusion, ready, readyAlike } from './commands.js'
export * from './event.js'
export { FewMap, type Lookup } from './few-map.js'
export { workflowOf } from './frame.js'
export { initialState } from './initial.js'
export { isUnderWay } from './lifecycle.js'
export { loadState } from './load.js'
export { visibleState } from './overlay.js'
export { packState, packsWell, unpackState } from './pack.js'
export { type Journey, planTravel } from './plan-travel.js'
export { refsIn, refsOf, refsOfRecords, refsToTell } from './refs.js'
export { saveState } from './save.js'
export type { Saved } from './saved.js'
export * from './source.js'
export * from './state.js'
export { suspendedIn } from './suspended.js'
export type {
  ChunkTelling,
  ItemTelling,
  RunTelling,
  StepTelling,
  Telling,
} from './telling.js'
export { timeoutKey } from './time.js'
export type { Trace } from './trace.js'
export { transition } from './transition.js'
export { Turn } from './turn.js'
export type { Awaited, EventReceived } from './wait-event.js'
export { isQuiet } from './way.js'
