import { serveAgent } from './serve-agent.ts'

try {
  const { url, model, folder, close } = await serveAgent(process.env)
  console.log(`${url}\n\nModel: ${model}\nData: ${folder}\nCtrl+C ends it; nothing is lost by that.`)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void close())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
