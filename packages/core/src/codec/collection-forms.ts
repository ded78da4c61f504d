import type { ValueForm, Written } from './value-form.js'

const mapForm: ValueForm = {
  write(value, writer) {
    const written: Written[] = []
    let index = 0
    Map.prototype.forEach.call(value, (part, key) => {
      written.push(writer.writeAt(['keys', index], key), writer.writeAt(['values', index], part))
      index++
    })
    return written
  },
  read(node, reader) {
    const map = reader.add(new Map<unknown, unknown>())
    for (let at = 1; at < node.length; at += 2) {
      const key = reader.read(node[at])
      map.set(key, reader.read(node[at + 1]))
    }
    return map
  },
}

const setForm: ValueForm = {
  write(value, writer) {
    const written: Written[] = []
    Set.prototype.forEach.call(value, (part) => {
      written.push(writer.writeAt(['values', written.length], part))
    })
    return written
  },
  read(node, reader) {
    const set = reader.add(new Set<unknown>())
    for (let at = 1; at < node.length; at++) set.add(reader.read(node[at]))
    return set
  },
}

export const collectionForms: readonly (readonly [string, ValueForm])[] = [
  ['Map', mapForm],
  ['Set', setForm],
]
