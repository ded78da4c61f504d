import type { ValueForm } from './value-form.js'

const dateForm: ValueForm = {
  write(value) {
    const time = Date.prototype.getTime.call(value)
    return [Number.isNaN(time) ? null : time]
  },
  read([, time], reader) {
    if (time !== null && typeof time !== 'number') throw new TypeError('a date is not a number')
    return reader.add(new Date(time ?? Number.NaN))
  },
}

/** `lastIndex` is where the last search stopped, not part of the value: it becomes 0. */
const regExpForm: ValueForm = {
  // The getters of the prototypes are called because they refuse what is not genuine.
  write: (value, writer) => [
    writer.text(Reflect.get(RegExp.prototype, 'source', value)),
    writer.text(Reflect.get(RegExp.prototype, 'flags', value)),
  ],
  read: ([, source, flags], reader) => reader.add(new RegExp(String(source), String(flags))),
}

const urlForm: ValueForm = {
  write: (value, writer) => [writer.text(Reflect.get(URL.prototype, 'href', value))],
  read: ([, href], reader) => reader.add(new URL(String(href))),
}

export const leafForms: readonly (readonly [string, ValueForm])[] = [
  ['Date', dateForm],
  ['RegExp', regExpForm],
  ['URL', urlForm],
]
