import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openConnection } from './open-connection.js'
import { migrations as released } from './schema.js'

const first = 'create table things (name text)'
const second = "alter table things add column colour text; update things set colour = 'none'"

function opener() {
  const folder = mkdtempSync(join(tmpdir(), 'wf-sqlite-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return (migrations: readonly string[]) => {
    const connection = openConnection({ path: join(folder, 'things.db'), synchronous: 'normal', migrations })
    onTestFinished(() => connection.close())
    return connection
  }
}

it('brings an older file to the schema of this release and keeps what it holds', () => {
  const open = opener()
  open([first]).run('insert into things (name) values (?)', 'lamp')
  const connection = open([first, second])
  expect(connection.all('select * from things')).toEqual([{ name: 'lamp', colour: 'none' }])
  expect(connection.get('pragma user_version')).toEqual({ user_version: 2 })
  expect(open([first, second]).all('select name from things').length).toBe(1)
})

it('refuses the file of a later release, and leaves it as it was', () => {
  const open = opener()
  const later = open([first, second])
  expect(() => open([first])).toThrow(expect.objectContaining({ code: 'WF_UNSUPPORTED' }))
  expect(later.get('pragma user_version')).toEqual({ user_version: 2 })
})

it('does all of what brings a file on, or nothing', () => {
  const open = opener()
  open([first])
  expect(() => open([first, second, 'create table broken (']).close()).toThrow('incomplete input')
  const connection = open([first])
  expect(connection.all('select * from pragma_table_info(?)', 'things').map(({ name }) => name)).toEqual(['name'])
})

it('is done once by many who open the file at the same time', () => {
  const open = opener()
  const [one, other] = [open([first]), open([first])]
  expect([one, other].map((connection) => connection.all('select * from things'))).toEqual([[], []])
})

it('never changes what has been released', () => {
  const hashes = released.map((sql) => createHash('sha256').update(sql).digest('hex').slice(0, 16))
  expect(hashes).toEqual(['02849b4008b29967'])
})
