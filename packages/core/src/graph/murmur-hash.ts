/** MurmurHash3 x86 128: fast, well spread and synchronous everywhere. Not for secrets. */
const MULTIPLIERS = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93] as const
const ROTATIONS = [15, 16, 17, 18] as const
const MIXES = [
  [19, 0x561ccd1b],
  [17, 0x0bcaa747],
  [15, 0x96cd1c35],
  [13, 0x32ac3b17],
] as const

type Lanes = [number, number, number, number]
type Lane = 0 | 1 | 2 | 3
const LANES: readonly Lane[] = [0, 1, 2, 3]

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by))
}

function scramble(word: number, lane: Lane): number {
  const next = ((lane + 1) % 4) as Lane
  return Math.imul(rotate(Math.imul(word, MULTIPLIERS[lane]), ROTATIONS[lane]), MULTIPLIERS[next])
}

function finish(value: number): number {
  let mixed = value ^ (value >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

/** Adds the other three to the first lane, then the first to the others. */
function spread(lanes: Lanes): void {
  lanes[0] = (lanes[0] + lanes[1] + lanes[2] + lanes[3]) | 0
  for (const lane of [1, 2, 3] as const) lanes[lane] = (lanes[lane] + lanes[0]) | 0
}

function addBlock(lanes: Lanes, view: DataView, offset: number): void {
  for (const lane of LANES) {
    const [by, constant] = MIXES[lane]
    lanes[lane] ^= scramble(view.getUint32(offset + lane * 4, true), lane)
    const sum = rotate(lanes[lane], by) + lanes[((lane + 1) % 4) as Lane]
    lanes[lane] = (Math.imul(sum | 0, 5) + constant) | 0
  }
}

/** 32 hexadecimal digits over the text's UTF-8 bytes. */
export function murmurHash(text: string): string {
  const bytes = new TextEncoder().encode(text)
  const whole = bytes.length - (bytes.length % 16)
  const lanes: Lanes = [0, 0, 0, 0]
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  for (let offset = 0; offset < whole; offset += 16) addBlock(lanes, view, offset)
  if (whole < bytes.length) {
    const rest = new DataView(new ArrayBuffer(16))
    bytes.subarray(whole).forEach((byte, index) => {
      rest.setUint8(index, byte)
    })
    for (const lane of LANES) lanes[lane] ^= scramble(rest.getUint32(lane * 4, true), lane)
  }
  for (const lane of LANES) lanes[lane] ^= bytes.length
  spread(lanes)
  for (const lane of LANES) lanes[lane] = finish(lanes[lane])
  spread(lanes)
  return lanes.map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('')
}
