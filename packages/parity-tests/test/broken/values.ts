import type { Entry, PickedValue, Storage, StoredValue } from '@wf/core'
import { type BrokenStorage, broken, givenCommits, shownSlices } from './broken-storage.js'

export const brokenValues: readonly BrokenStorage[] = [
  broken('storage.entries.as-given', 'keeps events and chunks in two places', (sound) =>
    givenCommits(sound, (commit) =>
      Array.isArray(commit.entries)
        ? {
            ...commit,
            entries: [...commit.entries].sort((one, other) =>
              one.type < other.type ? 1 : one.type > other.type ? -1 : 0,
            ),
          }
        : commit,
    ),
  ),
  stores('storage.values.text', 'tidies the ends of lines', (value) =>
    typeof value === 'string' && value.includes('padded') ? value.replaceAll('\r\n', '\n') : value,
  ),
  stores('storage.values.bytes', 'keeps seven bits of each byte', (value) =>
    value instanceof Uint8Array ? value.map((byte) => (byte > 127 ? byte & 127 : byte)) : value,
  ),
  broken('storage.values.empty', 'takes an empty value for none', (sound) =>
    givenEntries(sound, ({ type, fact, value }) =>
      value === undefined || (value instanceof Uint8Array && value.length === 0)
        ? { type, fact }
        : { type, fact, value },
    ),
  ),
  stores('storage.values.kind-kept', 'makes text of bytes that look like JSON', (value) =>
    value instanceof Uint8Array && value[0] === 123 ? Buffer.from(value).toString() : value,
  ),
  broken('storage.values.left-out', 'always brings the values', (sound) => ({
    load: (reads) => sound.load(reads.map((read) => ({ ...read, withValues: true }))),
  })),
  broken('storage.values.picked', 'picks from the commits that it reads only', (sound) =>
    shownSlices(sound, (slice, { after = 0 }) => ({
      ...slice,
      picked: slice.picked.filter(({ version }) => version > after),
    })),
  ),
  broken('storage.values.picked', 'picks values without what they belong to', (sound) =>
    shownSlices(sound, (slice) => ({ ...slice, picked: slice.picked.map((value) => ({ ...value, fact: '' })) })),
  ),
  broken('storage.values.picked-absent', 'picks an empty text where there is nothing', (sound) =>
    shownSlices(sound, (slice, { pick = [] }) => {
      const found = new Map(slice.picked.map((value) => [`${value.version} ${value.index}`, value]))
      const beyond = pick.some(({ version }) => version > slice.header.head.version)
      if (!beyond) return slice
      const picked = pick.map(
        (place): PickedValue => found.get(`${place.version} ${place.index}`) ?? { ...place, fact: '', value: '' },
      )
      return { ...slice, picked }
    }),
  ),
]

function givenEntries(sound: Storage, change: (entry: Entry) => Entry): Pick<Storage, 'commit'> {
  return givenCommits(sound, (commit) =>
    Array.isArray(commit.entries) ? { ...commit, entries: commit.entries.map(change) } : commit,
  )
}

function stores(rule: string, mistake: string, change: (value: StoredValue) => StoredValue): BrokenStorage {
  return broken(rule, mistake, (sound) =>
    givenEntries(sound, (entry) => (entry.value === undefined ? entry : { ...entry, value: change(entry.value) })),
  )
}
