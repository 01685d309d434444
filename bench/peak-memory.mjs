// Preloaded into a process that is measured (`NODE_OPTIONS=--import=…`).
import { writeFileSync } from 'node:fs'

const { BENCH_PEAK_FILE: file } = process.env
if (file !== undefined) process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)))
