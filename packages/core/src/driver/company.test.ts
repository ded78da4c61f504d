import { expect, it } from 'vitest'
import { Company } from './company.js'

const COMMITS_ALONE = 128

it('others are there from when they were met until so many commits found nobody', () => {
  const company = new Company()
  expect(company.isThere).toBe(false)
  company.meet()
  for (let count = 1; count < COMMITS_ALONE; count += 1) company.miss()
  expect(company.isThere).toBe(true)
  company.miss()
  expect(company.isThere).toBe(false)
})

it('a guess holds for one commit, and takes nothing from what is known', () => {
  const company = new Company()
  company.miss()
  company.guess()
  expect(company.isThere).toBe(true)
  company.miss()
  expect(company.isThere).toBe(false)
  company.meet()
  company.guess()
  company.miss()
  expect(company.isThere).toBe(true)
})
