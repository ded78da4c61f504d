import { parseArgs } from 'node:util'
import { changeover, isSeason } from './changeover.ts'

const { values } = parseArgs({
  options: {
    season: { type: 'string', default: 'spring,autumn' },
    away: { type: 'string', default: 'later,over' },
    hours: { type: 'string', default: '54' },
    kills: { type: 'string', default: '20' },
  },
})
const [hours, kills] = [Number(values.hours), Number(values.kills)]
for (const season of values.season.split(',')) {
  if (!isSeason(season)) throw new Error(`--season is spring or autumn, not ${season}`)
  for (const away of values.away.split(',')) {
    if (away !== 'later' && away !== 'over') throw new Error(`--away is later or over, not ${away}`)
    const { wrong, ...figures } = await changeover({ season, away, hours, kills })
    console.log(JSON.stringify(figures))
    for (const text of wrong) console.error(text)
    if (wrong.length > 0) process.exitCode = 1
  }
}
