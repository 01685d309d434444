// Preloaded by every npm script (`node --import`). Plain JavaScript, so that an old Node can still read it.
const OLDEST = 24
const major = Number(process.versions.node.split('.')[0])
if (major < OLDEST) {
  console.error(
    `this runs on Node ${OLDEST} or newer, and found ${process.version}: ` +
      `run it as an npm script after "npm ci" (which installs Node ${OLDEST} into node_modules), or install Node ${OLDEST}`
  )
  process.exit(1)
}
