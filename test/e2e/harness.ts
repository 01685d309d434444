/** The runner of the end-to-end tests is the demo's: what a reader sees there is what is tested here. */
export { runStep, startStep } from '../../demo/runner.ts'
export type { RunningStep, StepRequest, StepResult } from '../../demo/runner.ts'
