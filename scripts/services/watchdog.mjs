import { spawn } from 'node:child_process'

// Each line is the process to end, or empty for none; the end of the input means that we are gone, however it came.
const script = `while IFS= read -r line; do pid=$line; done
if [ "$pid" = done ]; then exit 0; fi
if [ -n "$pid" ]; then kill -QUIT "$pid"; sleep 0.2; kill -KILL "$pid"; fi 2>/dev/null
rm -rf "$1"; sleep 1; rm -rf "$1"`

/** Ends a server and removes its folder when the process that called this is no more, even when it was killed. */
export function watch(folder) {
  const dog = spawn('sh', ['-c', script, 'sh', folder], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  dog.unref()
  dog.stdin.unref()
  dog.stdin.on('error', () => {})
  return {
    guard: (pid) => dog.stdin.write(`${pid}\n`),
    forget: () => dog.stdin.write('\n'),
    leave: () => dog.stdin.end('done\n'),
  }
}
