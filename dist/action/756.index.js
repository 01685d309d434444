export const id = 756;
export const ids = [756];
export const modules = {

/***/ 36953:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ readJournal)
/* harmony export */ });
/* harmony import */ var _arm_id_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51736);

function readJournal(text) {
    const entries = text
        .split('\n')
        .filter(line => line.trim() !== '')
        .flatMap((line) => {
        try {
            const entry = JSON.parse(line);
            return isEntry(entry) ? [entry] : [];
        }
        catch {
            return [];
        }
    });
    const steps = entries.filter(entry => entry.event !== 'call');
    const lastCall = entries.findLast(entry => entry.event === 'call');
    const last = new Map(steps.map(entry => [entry.step, entry]));
    const of = (event) => [...last.values()].filter(entry => entry.event === event);
    return { unfinished: of('begin'), finished: of('end'), failed: of('fail'), ...(lastCall && { lastCall }) };
}
function isEntry(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const { at, event, ...rest } = value;
    const isAt = typeof at === 'number' && Math.abs(at) <= LATEST_AT;
    const hasTexts = (...names) => names.every(name => typeof rest[name] === 'string');
    if (event === 'call')
        return isAt && hasTexts('method', 'target');
    const isOfStep = event === 'begin' || event === 'end' || event === 'fail';
    return (isAt && isOfStep && hasTexts('step', 'kind', 'target', 'title') && (0,_arm_id_js__WEBPACK_IMPORTED_MODULE_0__/* .splitArmId */ .qF)(String(rest['target'])) !== undefined);
}
const LATEST_AT = 8.64e15;


/***/ }),

/***/ 16756:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _azure_github_id_token_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(30979);
/* harmony import */ var _model_journal_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(36953);
/* harmony import */ var _model_to_undo_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(27196);
/* harmony import */ var _read_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(60724);
/* harmony import */ var _report_leftovers_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(36491);
/* harmony import */ var _runner_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(75232);
/* harmony import */ var _runner_state_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(788);
/* harmony import */ var _shared_text_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(89853);
/* harmony import */ var _undo_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(78744);









const LONGEST_MS = 5 * 60_000;
const CANCELLED_WITHIN_MS = 4_000;
(0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .quietSdks */ .s8)();
(0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .outliveTheLog */ .Mw)();
process.on('uncaughtException', giveUp);
const cancel = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK']) {
    process.on(signal, () => {
        setTimeout(() => cancel.abort(new Error(`the post step was cancelled (${signal})`)), CANCELLED_WITHIN_MS);
    });
}
setTimeout(() => giveUp(new Error('five minutes are over')), LONGEST_MS);
try {
    await lookAfter();
}
catch (error) {
    giveUp(error);
}
(0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .exitWhenWritten */ .uK)(0);
async function lookAfter() {
    const ended = (0,_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .readState */ .un)(_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .STATE */ .c4.ended, process.env);
    if (ended === 'succeeded')
        return;
    const journal = (0,_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .readState */ .un)(_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .STATE */ .c4.journal, process.env);
    const undone = await undoing();
    if (ended === undefined && journal !== undefined)
        tellOfKill(journal, undone);
    else if (undone.length > 0)
        tell((0,_report_leftovers_js__WEBPACK_IMPORTED_MODULE_3__/* .renderUndone */ .k)(undone, ended === 'cancelled' ? 'cancelled' : 'failed'));
}
async function undoing() {
    const state = (0,_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .readState */ .un)(_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .STATE */ .c4.undo, process.env);
    if (state === undefined)
        return [];
    const toUndo = (0,_model_to_undo_js__WEBPACK_IMPORTED_MODULE_1__/* .readToUndo */ .S)(state);
    if (toUndo === undefined)
        return ['not undone: what the main step kept for it can’t be read'];
    const context = (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .runContext */ .pO)(process.env);
    const getIdToken = (audience) => (0,_azure_github_id_token_js__WEBPACK_IMPORTED_MODULE_0__/* .requestIdToken */ .g)({ env: process.env, clock: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .clock */ .pm }, audience);
    const deps = { readText: _read_text_js__WEBPACK_IMPORTED_MODULE_2__/* .readTextFile */ .G, env: process.env, clock: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .clock */ .pm, random: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .random */ .yT, context, getIdToken, log: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .log */ .Rm };
    return (0,_undo_js__WEBPACK_IMPORTED_MODULE_6__/* .undo */ .t)(deps, toUndo, cancel.signal);
}
function tellOfKill(path, undone) {
    const left = (0,_report_leftovers_js__WEBPACK_IMPORTED_MODULE_3__/* .renderLeftovers */ .$)({ ...journalAt(path), undone });
    tell(left);
    (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .annotate */ .fz)(left.annotation);
}
function journalAt(path) {
    try {
        return (0,_model_journal_js__WEBPACK_IMPORTED_MODULE_7__/* .readJournal */ .a)((0,_read_text_js__WEBPACK_IMPORTED_MODULE_2__/* .readTextFile */ .G)(path));
    }
    catch {
        return (0,_model_journal_js__WEBPACK_IMPORTED_MODULE_7__/* .readJournal */ .a)('');
    }
}
function tell({ lines, markdown }) {
    _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .log */ .Rm.say(lines);
    try {
        (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .writeSummary */ .Sy)(markdown);
    }
    catch (error) {
        (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .annotate */ .fz)({
            level: 'warning',
            title: 'no summary',
            message: `the job summary could not be written: ${(0,_shared_text_js__WEBPACK_IMPORTED_MODULE_8__/* .messageOf */ .bD)(error)}`
        });
    }
}
function giveUp(error) {
    (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .annotate */ .fz)({ level: 'warning', title: 'the post step ended early', message: (0,_shared_text_js__WEBPACK_IMPORTED_MODULE_8__/* .messageOf */ .bD)(error) });
    (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .exitWhenWritten */ .uK)(0);
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 36491:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ renderLeftovers),
/* harmony export */   k: () => (/* binding */ renderUndone)
/* harmony export */ });
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51736);
/* harmony import */ var _shared_plain_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44114);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9924);



const GOING_ON = 'Run the job again with the same inputs: it takes up what stands and goes on from there.';
const NODES = 'Until then the nodes of the pool cost money.';
const MOST_ROWS = 200;
function renderLeftovers(left) {
    const { lastCall, unfinished, undone = [] } = left;
    const rows = standing(left);
    const under = unfinished.map(({ step }) => (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(step)).join(', ');
    const headline = `the run was killed${under === '' ? '' : ` in the middle of ${under}`}`;
    const advice = [GOING_ON, ...(rows.some(({ kind }) => kind.includes('pool')) ? [NODES] : [])].join(' ');
    const last = lastCall === undefined ? [] : [describeCall(lastCall)];
    const width = Math.max(0, ...rows.map(({ step }) => step.length));
    return {
        lines: [
            `${headline.charAt(0).toUpperCase()}${headline.slice(1)}.`,
            ...rows.map(row => (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(`  ${row.step.padEnd(width)}  ${row.state.padEnd(9)}  ${row.target}`)),
            ...last.map(line => (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(`  ${line}`)),
            ...undone.map(line => (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(`  ${(0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(line)}`)),
            advice
        ].join('\n'),
        markdown: [
            '## ❌ The run was killed',
            '',
            ...(rows.length === 0 ? ['Nothing that it made stands.'] : table(rows)),
            '',
            ...undoneList([...last, ...undone]),
            advice
        ].join('\n'),
        annotation: { level: 'error', title: 'The run was killed', message: `${headline}\nWhat to do: ${advice}` }
    };
}
function describeCall({ at, method, target }) {
    const time = new Date(at).toISOString().slice(11, 19);
    const [, short = target] = target.split(/\/providers\/[^/]+\//);
    return (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(`its last change was asked for at ${time} UTC: ${method} ${short}`);
}
function renderUndone(undone, ended) {
    return {
        lines: [`After the ${ended} run:`, ...undone.map(line => (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(`  ${(0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(line)}`))].join('\n'),
        markdown: [`### After the ${ended} run`, '', ...undoneList(undone)].join('\n')
    };
}
function undoneList(undone) {
    return undone.length === 0 ? [] : [...undone.map(line => `- ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(line)}`), ''];
}
function standing({ unfinished, finished }) {
    const deleted = finished.filter(({ kind }) => kind.startsWith('delete-')).map(({ target }) => target);
    const made = finished.filter(({ kind, target }) => kind.startsWith('create-') && !deleted.includes(target));
    const rows = [
        ...made.map(entry => ({ ...entry, state: 'made' })),
        ...unfinished.map(entry => ({ ...entry, state: 'under way' }))
    ];
    return [...new Map(rows.map(row => [row.target, row])).values()];
}
function table(rows) {
    const more = rows.length > MOST_ROWS ? [`| and ${rows.length - MOST_ROWS} more | | |`] : [];
    const line = ({ target, state, title }) => `| ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownCode */ .D9)((0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_2__/* .namesOf */ .eZ)(target).join('/'))} | ${state} | ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(title)} |`;
    return ['| What | State | Step |', '| :-- | :-- | :-- |', ...rows.slice(0, MOST_ROWS).map(line), ...more];
}


/***/ }),

/***/ 78744:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  t: () => (/* binding */ undo)
});

// EXTERNAL MODULE: ./build/model/arm-id.js
var arm_id = __webpack_require__(51736);
// EXTERNAL MODULE: ./build/report/redact.js + 2 modules
var redact = __webpack_require__(54685);
// EXTERNAL MODULE: ./build/shared/text.js
var shared_text = __webpack_require__(89853);
// EXTERNAL MODULE: ./build/shared/time-limit.js
var time_limit = __webpack_require__(13141);
// EXTERNAL MODULE: ./build/connect-to.js
var connect_to = __webpack_require__(80646);
// EXTERNAL MODULE: ./build/azure/errors.js
var errors = __webpack_require__(42721);
// EXTERNAL MODULE: ./build/execute/scale-body.js
var scale_body = __webpack_require__(24279);
// EXTERNAL MODULE: ./build/plan/lease.js
var lease = __webpack_require__(35984);
// EXTERNAL MODULE: ./build/plan/pool-metadata.js
var pool_metadata = __webpack_require__(58070);
// EXTERNAL MODULE: ./build/plan/wave-targets.js
var wave_targets = __webpack_require__(30446);
// EXTERNAL MODULE: ./build/plan/wave.js + 2 modules
var wave = __webpack_require__(59689);
;// CONCATENATED MODULE: ./build/undo/undoing.js
const LOOK_EVERY_MS = 5_000;
const MOST_TRIES = 5;
const HOLD_MS = 10 * 60_000;
function postsOwn(context) {
    return { ...context, nonce: `${context.nonce} post` };
}

;// CONCATENATED MODULE: ./build/undo/pool.js








async function undoPool(undoing, { poolId, apiVersion }) {
    const { azure, context } = undoing;
    const account = await azure.batch.getAccount((0,arm_id/* parentId */.A1)(poolId));
    const pool = await azure.batch.getPool(poolId, apiVersion);
    if (pool === undefined)
        return [];
    const now = account?.readAt ?? undoing.clock.now();
    if ((0,lease/* leaseState */.oi)((0,lease/* leaseOf */.m8)(pool.metadata), context, now) !== 'mine')
        return [];
    return letGo(undoing, { pool, apiVersion, now });
}
async function letGo(undoing, held) {
    const done = [];
    const { azure, context, clock, signal } = undoing;
    const { apiVersion } = held;
    let { pool } = held;
    const own = postsOwn(context);
    pool = await claim(undoing, held, own);
    if (pool.allocationState === 'Resizing') {
        pool = await azure.batch.stopResize(pool.poolId, apiVersion);
        done.push(`stopped the resize that was under way, at ${(0,wave_targets/* describeTargets */.Eg)((0,wave/* nodesOf */.Nh)(pool))}`);
    }
    while (pool.allocationState !== 'Steady') {
        await clock.sleep(LOOK_EVERY_MS, signal);
        const seen = await azure.batch.getPool(pool.poolId, apiVersion);
        if (seen === undefined)
            return done;
        pool = seen;
    }
    const given = await giveBack(undoing, { ...held, pool }, own);
    return [...done, ...given, 'took the lease of the run off the pool'];
}
async function giveBack(undoing, held, own) {
    for (let { pool } = held, tries = 1;; tries++) {
        const former = (0,pool_metadata/* keptScale */.Tx)(pool);
        const isUnchanged = former !== undefined && (0,pool_metadata/* keptImageId */.Lw)(pool.metadata) === pool.imageId;
        const metadata = isUnchanged
            ? (0,pool_metadata/* changedMetadata */.Gt)(pool.metadata, pool_metadata/* NOTHING_OF_OURS */.cp)
            : (0,lease/* withLease */.pS)(pool.metadata, own, undefined);
        const scale = isUnchanged ? { scaleSettings: (0,scale_body/* formerScaleSettings */.V)(former) } : {};
        try {
            await patch(undoing, { ...held, pool }, { properties: { ...scale, metadata } });
        }
        catch (error) {
            if (tries === MOST_TRIES || !(error instanceof errors/* AzureError */.M) || error.status !== 412)
                throw error;
            pool = await readOwn(undoing, held, { contexts: [own, undoing.context], otherwise: error });
            continue;
        }
        if (isUnchanged)
            return ['gave the pool its former scale back; it grows to it from here'];
        return former === undefined ? [] : ['the pool has its new image and not all its nodes; run again to bring it back'];
    }
}
async function readOwn({ azure }, { pool, apiVersion, now }, wanted) {
    const seen = await azure.batch.getPool(pool.poolId, apiVersion);
    const isOwn = wanted.contexts.some(context => (0,lease/* leaseState */.oi)((0,lease/* leaseOf */.m8)(seen?.metadata ?? []), context, now) === 'mine');
    if (seen === undefined || !isOwn)
        throw wanted.otherwise;
    return seen;
}
async function claim(undoing, held, own) {
    for (let { pool } = held, tries = 1;; tries++) {
        const metadata = (0,lease/* withLease */.pS)(pool.metadata, own, held.now + HOLD_MS);
        try {
            return await patch(undoing, { ...held, pool }, { properties: { metadata } });
        }
        catch (error) {
            if (!(error instanceof errors/* AzureError */.M))
                throw error;
            if (error.status === 409)
                return pool;
            if (error.status !== 412 || tries === MOST_TRIES)
                throw error;
            pool = await readOwn(undoing, held, { contexts: [undoing.context], otherwise: error });
        }
    }
}
function patch({ azure }, { pool, apiVersion }, body) {
    return azure.batch.patchPool(pool.poolId, body, { ifMatch: pool.etag, apiVersion });
}

// EXTERNAL MODULE: ./build/plan/vm-stop.js
var vm_stop = __webpack_require__(23142);
;// CONCATENATED MODULE: ./build/undo/vm.js





async function undoVm(undoing, id) {
    const { azure, clock, context, signal } = undoing;
    const { compute } = azure;
    let vm = await compute.getVm(id);
    if (vm === undefined || !isHeldBy(vm, [context], clock.now()))
        return [];
    await vm_claim(undoing, id, vm);
    for (;;) {
        vm = await compute.getVm(id);
        if (vm === undefined)
            return [];
        if (!(0,vm_stop/* isInMotion */.gT)(vm))
            break;
        await clock.sleep(LOOK_EVERY_MS, signal);
    }
    const starts = !vm.generalized && vm.powerState !== 'running';
    if (starts) {
        try {
            await compute.startVm(id);
        }
        catch (error) {
            if (!signal.aborted)
                throw error;
            return [
                `asked for VM ${(0,arm_id/* nameOf */.Vb)(id)} to be started again; it was not seen running in time: see whether it runs, and start it (az vm start)`
            ];
        }
    }
    await vm_letGo(undoing, id);
    return [
        starts
            ? `started VM ${(0,arm_id/* nameOf */.Vb)(id)} again, which the run had stopped for its snapshots`
            : `took the lease of the run off VM ${(0,arm_id/* nameOf */.Vb)(id)}, which is ${vm.generalized ? 'generalized' : 'running'}`
    ];
}
async function vm_claim({ azure, clock, context }, id, vm) {
    const until = (vm.readAt ?? clock.now()) + HOLD_MS;
    try {
        await azure.compute.setVmTags(id, (0,lease/* withLeaseTag */.j8)(vm.tags, postsOwn(context), until), vm.etag);
    }
    catch (error) {
        if (!(error instanceof errors/* AzureError */.M) || ![409, 412].includes(error.status ?? 0))
            throw error;
    }
}
async function vm_letGo({ azure, clock, context }, id) {
    for (let tries = 1;; tries++) {
        const vm = await azure.compute.getVm(id);
        if (vm === undefined || !isHeldBy(vm, [context, postsOwn(context)], clock.now()))
            return;
        try {
            return await azure.compute.setVmTags(id, (0,lease/* withLeaseTag */.j8)(vm.tags, context, undefined), vm.etag);
        }
        catch (error) {
            if (tries === MOST_TRIES || !(error instanceof errors/* AzureError */.M) || error.status !== 412)
                throw error;
        }
    }
}
const isHeldBy = (vm, contexts, now) => contexts.some(context => (0,vm_stop/* stateOf */.L4)(vm, context, now) === 'mine');

;// CONCATENATED MODULE: ./build/undo.js







const UNDO_WITHIN_MS = 4 * 60_000;
async function undo(given, toUndo, cancelled = new AbortController().signal) {
    const { hide, text } = (0,redact/* redactor */.$)();
    const deps = withoutSecrets(given, { hide, text });
    const { vmId, pool, nonce } = toUndo;
    const left = {
        vm: vmId && { what: `VM ${(0,arm_id/* nameOf */.Vb)(vmId)}`, see: 'see whether it runs, and start it (az vm start)' },
        pool: pool && {
            what: `pool ${(0,arm_id/* nameOf */.Vb)(pool.poolId)}`,
            see: 'see whether it has its nodes; a re-run of the job goes on with it'
        }
    };
    try {
        const done = await (0,time_limit/* within */.ux)(deps.clock, UNDO_WITHIN_MS, async (limit) => {
            const signal = (0,time_limit/* anyOf */.EB)([limit, cancelled]);
            const azure = await (0,connect_to/* connectTo */.m)(deps, toUndo, signal);
            const undoing = { clock: deps.clock, context: { ...deps.context, nonce }, azure, signal };
            return Promise.all([
                vmId === undefined ? [] : orWhyNot(left.vm, undoVm(undoing, vmId)),
                pool === undefined ? [] : orWhyNot(left.pool, undoPool(undoing, pool))
            ]);
        });
        return done.flat().map(text);
    }
    catch (error) {
        return [...whyNot(left.vm, error), ...whyNot(left.pool, error)].map(text);
    }
}
async function orWhyNot(left, work) {
    try {
        return await work;
    }
    catch (error) {
        return whyNot(left, error);
    }
}
function whyNot(left, error) {
    return left ? [`not undone: ${left.what} (${(0,shared_text/* messageOf */.bD)(error)}); ${left.see}`] : [];
}
function withoutSecrets(deps, { hide, text }) {
    return {
        ...deps,
        hide,
        log: { debug: line => deps.log.debug(text(line)), say: line => deps.log.say(text(line)) },
        getIdToken: async (audience) => {
            const token = await deps.getIdToken(audience);
            hide(token);
            return token;
        }
    };
}


/***/ })

};
