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
/* harmony import */ var _azure_sign_in_github_id_token_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(40555);
/* harmony import */ var _model_journal_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(36953);
/* harmony import */ var _model_to_undo_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(27196);
/* harmony import */ var _read_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(60724);
/* harmony import */ var _report_leftovers_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(36491);
/* harmony import */ var _runner_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(75232);
/* harmony import */ var _runner_state_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(788);
/* harmony import */ var _shared_text_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(89853);
/* harmony import */ var _undo_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(59420);









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
    const path = (0,_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .readState */ .un)(_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .STATE */ .c4.journal, process.env);
    const journal = path === undefined ? undefined : journalAt(path);
    const undone = await undoing(journal);
    if (ended === undefined && path !== undefined)
        tellOfKill(journal, undone);
    else if (undone.length > 0)
        tell((0,_report_leftovers_js__WEBPACK_IMPORTED_MODULE_3__/* .renderUndone */ .k)(undone, ended === 'cancelled' ? 'cancelled' : 'failed'));
}
async function undoing(journal) {
    const state = (0,_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .readState */ .un)(_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .STATE */ .c4.undo, process.env);
    if (state === undefined)
        return [];
    const toUndo = (0,_model_to_undo_js__WEBPACK_IMPORTED_MODULE_1__/* .readToUndo */ .S)(state);
    if (toUndo === undefined)
        return ['not undone: what the main step kept for it can’t be read'];
    const context = (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .runContext */ .pO)(process.env);
    const getIdToken = (audience) => (0,_azure_sign_in_github_id_token_js__WEBPACK_IMPORTED_MODULE_0__/* .requestIdToken */ .g)({ env: process.env, clock: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .clock */ .pm }, audience);
    const deps = { readText: _read_text_js__WEBPACK_IMPORTED_MODULE_2__/* .readTextFile */ .G, env: process.env, clock: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .clock */ .pm, random: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .random */ .yT, context, getIdToken, log: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .log */ .Rm };
    return (0,_undo_js__WEBPACK_IMPORTED_MODULE_6__/* .undo */ .t)(deps, { ...toUndo, journal }, cancel.signal);
}
function tellOfKill(journal = (0,_model_journal_js__WEBPACK_IMPORTED_MODULE_7__/* .readJournal */ .a)(''), undone = []) {
    const left = (0,_report_leftovers_js__WEBPACK_IMPORTED_MODULE_3__/* .renderLeftovers */ .$)({ ...journal, undone });
    tell(left);
    (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .annotate */ .fz)(left.annotation);
}
function journalAt(path) {
    try {
        return (0,_model_journal_js__WEBPACK_IMPORTED_MODULE_7__/* .readJournal */ .a)((0,_read_text_js__WEBPACK_IMPORTED_MODULE_2__/* .readTextFile */ .G)(path));
    }
    catch {
        return undefined;
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
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51736);
/* harmony import */ var _model_step_kinds_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23680);
/* harmony import */ var _shared_plain_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44114);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9924);




const GOING_ON = 'Run the job again with the same inputs: it resumes where it stopped.';
const NODES = 'Until then the nodes of the pool cost money.';
const MOST_ROWS = 200;
function renderLeftovers(left) {
    const { lastCall, unfinished, undone = [] } = left;
    const rows = standing(left);
    const under = unfinished.map(({ step }) => (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(step)).join(', ');
    const headline = `the run was killed${under === '' ? '' : ` in the middle of ${under}`}`;
    const advice = [GOING_ON, ...(rows.some(({ kind }) => kind.includes('pool')) ? [NODES] : [])].join(' ');
    const last = lastCall === undefined ? [] : [describeCall(lastCall)];
    const width = Math.max(0, ...rows.map(({ step }) => step.length));
    return {
        lines: [
            `${headline.charAt(0).toUpperCase()}${headline.slice(1)}.`,
            ...rows.map(row => (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .logLine */ .BP)(`  ${row.step.padEnd(width)}  ${row.state.padEnd(9)}  ${row.target}`)),
            ...last.map(line => (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .logLine */ .BP)(`  ${line}`)),
            ...undone.map(line => (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .logLine */ .BP)(`  ${(0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(line)}`)),
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
    return (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(`its last change was asked for at ${time} UTC: ${method} ${short}`);
}
function renderUndone(undone, ended) {
    return {
        lines: [`After the ${ended} run:`, ...undone.map(line => (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .logLine */ .BP)(`  ${(0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(line)}`))].join('\n'),
        markdown: [`### After the ${ended} run`, '', ...undoneList(undone)].join('\n')
    };
}
function undoneList(undone) {
    return undone.length === 0 ? [] : [...undone.map(line => `- ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownText */ .p7)(line)}`), ''];
}
function standing({ unfinished, finished }) {
    const deleted = finished.filter(entry => does(entry) === 'deletes').map(({ target }) => target);
    const made = finished.filter(entry => does(entry) === 'makes' && !deleted.includes(entry.target));
    const rows = [
        ...made.map(entry => ({ ...entry, state: 'made' })),
        ...unfinished.map(entry => ({ ...entry, state: 'under way' }))
    ];
    return [...new Map(rows.map(row => [row.target, row])).values()];
}
function does({ kind }) {
    return kind in _model_step_kinds_js__WEBPACK_IMPORTED_MODULE_0__/* .STEP_KINDS */ .zq ? _model_step_kinds_js__WEBPACK_IMPORTED_MODULE_0__/* .STEP_KINDS */ .zq[kind].does : undefined;
}
function table(rows) {
    const more = rows.length > MOST_ROWS ? [`| and ${rows.length - MOST_ROWS} more | | |`] : [];
    const line = ({ target, state, title }) => `| ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownCode */ .D9)((0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .namesOf */ .eZ)(target).join('/'))} | ${state} | ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownText */ .p7)(title)} |`;
    return ['| What | State | Step |', '| :-- | :-- | :-- |', ...rows.slice(0, MOST_ROWS).map(line), ...more];
}


/***/ }),

/***/ 59420:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ undo)
/* harmony export */ });
/* harmony import */ var _connect_to_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(80646);
/* harmony import */ var _execute_context_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(75059);
/* harmony import */ var _execute_undo_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(75148);
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(51736);
/* harmony import */ var _model_step_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(71710);
/* harmony import */ var _model_step_kinds_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(23680);
/* harmony import */ var _rules_undo_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(31572);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(54685);
/* harmony import */ var _shared_text_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(89853);
/* harmony import */ var _shared_time_limit_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(13141);










const UNDO_WITHIN_MS = 4 * 60_000;
const ASK_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 5_000;
async function undo(given, undoing, cancelled = new AbortController().signal) {
    const { hide, text } = (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_3__/* .redactor */ .$)();
    const deps = withoutSecrets(given, { hide, text });
    const owed = (0,_rules_undo_js__WEBPACK_IMPORTED_MODULE_5__/* .owedAt */ .h)('killed', undoing.undo, progressOf(undoing.journal));
    if (owed.length === 0)
        return [];
    try {
        const lines = await (0,_shared_time_limit_js__WEBPACK_IMPORTED_MODULE_4__/* .within */ .ux)(deps.clock, UNDO_WITHIN_MS, async (limit) => {
            const signal = (0,_shared_time_limit_js__WEBPACK_IMPORTED_MODULE_4__/* .anyOf */ .EB)([limit, cancelled]);
            const azure = await (0,_connect_to_js__WEBPACK_IMPORTED_MODULE_0__/* .connectTo */ .m)(deps, undoing, signal);
            const warnings = [];
            const run = await postsRun(deps, undoing, { azure, signal, owed });
            const warn = (_, { message, wayOut }) => void warnings.push(`${message}; ${wayOut}`);
            return [...(await performed({ ...run, warn }, owed)), ...warnings];
        });
        return lines.map(text);
    }
    catch (error) {
        return notUndone(owed, () => (0,_shared_text_js__WEBPACK_IMPORTED_MODULE_6__/* .messageOf */ .bD)(error)).map(text);
    }
}
function progressOf(journal) {
    if (journal === undefined)
        return { statusOf: () => 'cancelled' };
    const has = (entries, id) => entries.some(({ step }) => step === id);
    return {
        statusOf: id => {
            if (has(journal.finished, id))
                return 'done';
            return has(journal.failed, id) ? 'failed' : has(journal.unfinished, id) ? 'cancelled' : 'not-started';
        }
    };
}
async function postsRun({ clock, env, context }, { nonce }, { azure, signal, owed }) {
    const aheadMs = await azuresAhead(azure, owed, clock);
    return {
        azure,
        clock,
        env,
        signal,
        journal: { write: () => undefined },
        say: () => undefined,
        warn: () => undefined,
        pollIntervalMs: LOOK_EVERY_MS,
        deadlineAt: clock.now() + UNDO_WITHIN_MS,
        context: { ...context, nonce: `${nonce} post` },
        azureNow: () => clock.now() + aheadMs,
        makesImage: false,
        known: (0,_execute_context_js__WEBPACK_IMPORTED_MODULE_7__/* .nothingKnown */ .H)(),
        undoing: { actsFor: { ...context, nonce }, isPatient: false }
    };
}
async function azuresAhead(azure, owed, clock) {
    const [poolId] = owed.flatMap(({ step }) => ('poolId' in step ? [step.poolId] : []));
    if (poolId === undefined)
        return 0;
    try {
        const ask = (limit) => azure.until(limit).batch.getAccount((0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_8__/* .parentId */ .A1)(poolId));
        return (await (0,_shared_time_limit_js__WEBPACK_IMPORTED_MODULE_4__/* .within */ .ux)(clock, ASK_WITHIN_MS, ask))?.aheadMs ?? 0;
    }
    catch {
        return 0;
    }
}
async function performed(run, owed) {
    const outcomes = await (0,_execute_undo_js__WEBPACK_IMPORTED_MODULE_1__/* .undo */ .t)(run, owed);
    const of = ({ step }) => outcomes.find(({ id }) => id === step.id);
    const done = owed.flatMap(one => {
        const { status, note = '' } = of(one) ?? {};
        return status === 'done' && note !== '' ? [`${nameOfTarget(one)}: ${note}`] : [];
    });
    const failed = owed.filter(one => of(one)?.status !== 'done');
    return [...done, ...notUndone(failed, one => of(one)?.note ?? '')];
}
function notUndone(owed, why) {
    const first = new Map(owed.toReversed().map(one => [(0,_model_step_js__WEBPACK_IMPORTED_MODULE_9__/* .targetOf */ .$r)(one.step).toLowerCase(), one]));
    return [...first.values()].toReversed().map(one => {
        const { resource } = _model_step_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .STEP_KINDS */ .zq[one.step.kind];
        return `not undone: ${nameOfTarget(one)} (${why(one)}); ${SEE[resource] ?? 'see how it stands'}`;
    });
}
const nameOfTarget = ({ step }) => `${_model_step_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .STEP_KINDS */ .zq[step.kind].resource} ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_8__/* .nameOf */ .Vb)((0,_model_step_js__WEBPACK_IMPORTED_MODULE_9__/* .targetOf */ .$r)(step))}`;
const SEE = {
    'source VM': 'see whether it runs, and start it (az vm start)',
    pool: 'see whether it has its nodes; a re-run of the job goes on with it'
};
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
