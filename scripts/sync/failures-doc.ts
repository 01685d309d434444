import { AZURE_CODES, type AzureCode } from '../../src/model/azure-codes.ts'
import { FAILURE_REASONS, REPETITION, type FailureReason, type Repetition } from '../../src/model/failure.ts'
import { resizeMeaning } from '../../src/model/remedy.ts'
import { ALLOCATION_FAILURES, RESIZE_ERRORS, type ResizeErrorRow } from '../../src/model/resize-errors.ts'

export const target = 'docs/failures.md'

/** What to do, where the run's own message doesn't say it better. */
const REMEDIES: Record<FailureReason, string> = {
  'input-invalid':
    'Correct all that the message lists; [inputs.md](inputs.md) and [pool-spec.md](pool-spec.md) say what is taken.',
  'sign-in-failed':
    'The message has Entra’s own code. Most often the job lacks `id-token: write`, or no federated credential names this subject: [security.md](security.md).',
  'permission-denied':
    'The message names the action that is missing: [permissions.md](permissions.md). A new role assignment takes up to 10 minutes to count.',
  'policy-denied':
    'The message names the policy’s assignment and definition. Tags that it asks for go into `tags`, another resource group into `work-resource-group`; or ask for an exemption.',
  'check-failed': 'Each check says its way out; they are listed in [checks.md](checks.md).',
  'pool-change-refused': 'Choose how the pool may change: [changing-a-pool.md](changing-a-pool.md).',
  'snapshot-failed':
    'Azure’s code says whether it helps to run again, [below](#azures-codes): an unfinished snapshot is waited for, a failed one made again.',
  'vm-failed':
    'See whether the VM runs, and start it if it is to run. The VM’s activity log says who else stops or starts it. Then run again.',
  'image-failed':
    'Azure’s code says whether it helps to run again, [below](#azures-codes): a failed version is made again.',
  'replication-failed': 'Run again, or leave the region out of `target-regions`.',
  'pool-refused': 'Change what Batch’s message names in the pool spec. For a managed image: publish to a gallery.',
  'pool-leased':
    'Let that run end, then run again. If it is dead, its lease runs out by itself at the time that the message names; another attempt of the same run needn’t wait.',
  'pool-changed':
    'The pool’s activity log says who changes it. Let one writer do it (`concurrency` of the workflow), then run again.',
  'drain-timeout':
    'Give tasks longer (`drain-timeout`), or say `drain: requeue`. The pool has its former image. With `refresh-nodes`, nodes that were asked restart once their tasks are done, and the next run goes on with the others.',
  'quota-reached':
    'Ask for more quota of the Batch account, or shrink (or, for its number of pools, delete) another pool, then run again: the pool grows on.',
  'azure-quota-reached':
    'The message says what there is too much of. Delete what nobody needs any more, or ask for more quota of the subscription.',
  'allocation-failed':
    'The way out follows from what Azure says, [below](#resize-errors). For want of capacity: run again later, another `vmSize`, another region.',
  'nodes-unhealthy':
    'The nodes stay for you to look at, unless the pool [goes back](changing-a-pool.md#on-failure) to its former image; their errors, and the last lines that their start task wrote, are in the job summary. Fix the image or the start task. If nodes failed again after a second chance, the version is tagged as failed, and a new run with `image-version: auto` makes another. If it isn’t tagged, the next run takes the same version up: delete it first when it is the image that must change.',
  'nodes-stuck':
    'Look at what the waiting nodes do (start task, node agent), or give them longer: `node-timeout`. The version is tagged as failed as above, but not for nodes that are `unknown`.',
  'smoke-test-failed':
    'Read what the test wrote (log, summary). The pool that was in use is as it was where a temporary pool ran it. Fix the image or the test; where it got no node in time, see what else runs there, or give it longer (`smoke-test-timeout`).',
  'autoscale-failed':
    'Correct the formula in the pool spec; nodes stay as they are until then. An evaluation that found no samples yet was followed by two more.',
  'deadline-exceeded': 'Run again, which goes on from what stands, or give it a longer `deadline`.',
  cancelled: 'Run again with the same inputs.',
  'azure-error':
    'The message names the operation, Azure’s code and the request’s id. What codes mean is [below](#azures-codes); of others, Azure’s support can say more.',
  throttled:
    'The message names the limit and how long Azure asks to wait. All callers in the subscription share these limits: see what else calls Azure so often, and run again after that time.',
  'azure-unreachable': 'See Azure’s status page, and the runner’s way out (proxy, firewall, DNS). Then run again.',
  'runner-failed':
    'The message names the file. Most often the runner’s disk is full, or its temporary folder (`RUNNER_TEMP`) is gone or read-only. Mend that, then run again.',
  'internal-error': 'Report it. A run with debug logging (`ACTIONS_STEP_DEBUG: true`) shows each call.'
}

export function render(): string {
  return [
    '# Failures',
    '',
    'Written from `src/model` by `npm run sync`. When a run fails, the output `failure-reason` is one of these words, and',
    '`failed-step` the id of the plan’s step that failed (empty before the first). The job summary says what failed, what is left',
    'standing and what to do. Names are stable: a workflow can branch on them.',
    '',
    '| failure-reason | means | the same inputs again | what to do |',
    '| --- | --- | --- | --- |',
    ...reasons().map(
      reason => `| \`${reason}\` | ${FAILURE_REASONS[reason]} | ${AGAIN[REPETITION[reason]]} | ${REMEDIES[reason]} |`
    ),
    '',
    'The third column says whether a run with the same inputs can go well: **can help** (what was in the way passes by itself), **fail',
    'again** (until what the run advises was done), or **it depends**: on Azure’s code (below), or on the cause that the message names.',
    'The job summary says which it is. In any case **running the same job again is safe**: it goes on from what stands and makes',
    'nothing twice ([how-it-works.md](how-it-works.md#after-a-failure)).',
    '',
    'GitHub ends a cancelled or timed-out job with SIGINT, then SIGTERM, then a kill. At the first two the run stops, writes its',
    'outputs and its summary and reports `cancelled`. If it was killed before it could, the post step says what may stand, from a',
    'journal that is written before each change.',
    '',
    '## Azure’s codes',
    '',
    'Azure’s codes for calls that it refuses and operations that fail. “as the step” is the reason of the step that failed:',
    '`snapshot-failed`, `image-failed`, `vm-failed`, `pool-refused`, else `azure-error`. “by its text” is for errors whose message says',
    'what the second column does; where several rows fit, the first counts. An error whose code isn’t here is shown in full, with the',
    'request’s id, and it isn’t known whether another run can help.',
    '',
    '| code | means | failure-reason | the same inputs again | way out | source |',
    '| --- | --- | --- | --- | --- | --- |',
    ...AZURE_CODES.map(codeRow),
    '',
    '## Resize errors',
    '',
    'Batch says on the pool why a resize fell short. **retried**: asked for again, up to `resize-attempts` times without progress; all',
    'others end the run at once.',
    '',
    '| code | is | failure-reason | way out | source |',
    '| --- | --- | --- | --- | --- |',
    ...RESIZE_ERRORS.map(resizeRow),
    '',
    '`AllocationFailed` is judged by the error that it relays of Compute or Network: by its code, or by its text. Errors that no retry',
    'helps against come first. When Azure doesn’t give the nodes, the run also checks that the image is still there (with its definition,',
    'its gallery and its replica in the account’s region, or the snapshots of a managed image), and says what is missing.',
    '',
    '| relayed | is | failure-reason | way out | source |',
    '| --- | --- | --- | --- | --- |',
    ...ALLOCATION_FAILURES.map(resizeRow),
    `| anything else | ends the run | \`allocation-failed\` | ${resizeMeaning({ code: 'AllocationFailed' }).wayOut} | |`,
    ''
  ].join('\n')
}

const AGAIN: Readonly<Record<Repetition, string>> = {
  helps: 'can help',
  'after-change': 'fail again',
  unknown: 'it depends'
}

function codeRow({ codes, says, reason, repetition, means, wayOut, source }: AzureCode): string {
  const name = codes.map(code => (code === '*' ? 'any' : `\`${code}\``)).join(', ')
  const words = wayOut.replaceAll(/\{\w+\|([^}]*)\}/g, '$1')
  const cells = [
    says === undefined ? name : `${name}, by its text`,
    means,
    reason === 'step' ? 'as the step' : `\`${reason}\``,
    AGAIN[repetition],
    words,
    source
  ]
  return `| ${cells.join(' | ')} |`
}

function resizeRow({ codes, remedy, reason = 'allocation-failed', wayOut, source, ...row }: ResizeErrorRow): string {
  const names = [...codes.map(code => `\`${code}\``), ...('says' in row ? ['by its text'] : [])]
  const is = remedy === 'retry' ? 'retried' : 'ends the run'
  return `| ${names.join(', ')} | ${is} | \`${reason}\` | ${wayOut} | ${source} |`
}

function reasons(): FailureReason[] {
  return Object.keys(FAILURE_REASONS) as FailureReason[]
}
