import { invalid } from './check-commit.js'

export function checkCount(field: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw invalid(field, 'must be a whole number from 0 on')
}

export function checkDuration(field: string, value: number): void {
  if (!Number.isFinite(value) || value < 0) throw invalid(field, 'must be a finite number from 0 on')
}
