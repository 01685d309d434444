export const id = 479;
export const ids = [479];
export const modules = {

/***/ 95726:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ pollPace)
/* harmony export */ });
/* unused harmony export nextPollMs */
const BUCKET = 45;
const REFILL_MS = 60_000 / 15;
const LEAST_MS = 2_000;
const SHARE = 1 / 10;
function nextPollMs({ polls, elapsedMs, retryAfterMs, estimate, longestMs }) {
    if (retryAfterMs !== undefined && retryAfterMs > 0)
        return retryAfterMs;
    const { remainingMs, stillMs } = estimate ?? { remainingMs: 0, stillMs: elapsedMs };
    const wanted = Math.min(Math.max(remainingMs, stillMs * SHARE, LEAST_MS), longestMs);
    const granted = (polls + 1 - BUCKET) * REFILL_MS - elapsedMs;
    return Math.ceil(Math.max(wanted, granted));
}
function pollPace({ longestMs, now }) {
    const startedAt = now();
    let polls = 0;
    return hint => nextPollMs({ polls: ++polls, elapsedMs: now() - startedAt, longestMs, ...hint });
}


/***/ }),

/***/ 59479:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _azure_github_id_token_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(30979);
/* harmony import */ var _read_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(60724);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(80551);
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(31612);
/* harmony import */ var _runner_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(75232);
/* harmony import */ var _runner_state_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(788);
/* harmony import */ var _shared_text_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(89853);







(0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .quietSdks */ .s8)();
(0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .outliveTheLog */ .Mw)();
const cancel = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK']) {
    process.once(signal, () => cancel.abort(new _model_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .RunError */ .e4('cancelled', `the run was cancelled (${signal})`, 'run it again with the same inputs: what stands is taken up')));
}
const journalFile = () => (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .tempFile */ .hM)('journal.jsonl');
orWarn('the post step won’t know of this run', () => (0,_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .saveState */ .LZ)(_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .STATE */ .c4.journal, journalFile()));
const ended = await (0,_run_js__WEBPACK_IMPORTED_MODULE_2__/* .run */ .e)({
    readInput: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .readInput */ .R5,
    env: process.env,
    readText: _read_text_js__WEBPACK_IMPORTED_MODULE_1__/* .readTextFile */ .G,
    clock: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .clock */ .pm,
    context: (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .runContext */ .pO)(process.env),
    random: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .random */ .yT,
    getIdToken: audience => (0,_azure_github_id_token_js__WEBPACK_IMPORTED_MODULE_0__/* .requestIdToken */ .g)({ env: process.env, clock: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .clock */ .pm }, audience),
    journal: (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .journalAt */ .hy)(journalFile),
    log: { ..._runner_js__WEBPACK_IMPORTED_MODULE_4__/* .log */ .Rm, annotate: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .annotate */ .fz },
    writePlan: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .writePlan */ .pD,
    saveToUndo: toUndo => (0,_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .saveState */ .LZ)(_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .STATE */ .c4.undo, JSON.stringify(toUndo)),
    setOutputs: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .setOutputs */ .n0,
    writeSummary: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .writeSummary */ .Sy
}, cancel.signal);
orWarn('the post step won’t know how this run ended', () => (0,_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .saveState */ .LZ)(_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .STATE */ .c4.ended, ended));
(0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .exitWhenWritten */ .uK)(ended === 'succeeded' ? 0 : 1);
function orWarn(so, write) {
    try {
        write();
    }
    catch (error) {
        (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .annotate */ .fz)({ level: 'warning', title: 'the runner’s files', message: `${so}: ${(0,_shared_text_js__WEBPACK_IMPORTED_MODULE_6__/* .messageOf */ .bD)(error)}` });
    }
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 86328:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ versionIdOf),
/* harmony export */   h: () => (/* binding */ namedByPool)
/* harmony export */ });
/* harmony import */ var _arm_id_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51736);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(29598);


function namedByPool({ properties, identity }) {
    const network = objectAt(properties, 'networkConfiguration');
    const vm = objectAt(objectAt(properties, 'deploymentConfiguration'), 'virtualMachineConfiguration');
    const disks = [objectAt(vm, 'osDisk'), ...listAt(vm, 'dataDisks')].map(disk => objectAt(disk, 'managedDisk'));
    const sets = disks.flatMap(disk => [disk, objectAt(disk, 'securityProfile')]);
    const { subnetId } = network;
    return {
        ...(isIdOf(subnetId, 'Microsoft.Network/virtualNetworks/subnets') ? { subnetId } : {}),
        identityIds: Object.keys(objectAt(identity ?? {}, 'userAssignedIdentities')).filter(id => (0,_arm_id_js__WEBPACK_IMPORTED_MODULE_0__/* .isArmIdOf */ .p_)(id, 'Microsoft.ManagedIdentity/userAssignedIdentities')),
        packages: listAt(properties, 'applicationPackages').flatMap(packageOf),
        publicIPIds: [
            ...textsAt(objectAt(network, 'publicIPAddressConfiguration'), 'ipAddressIds'),
            ...textsAt(network, 'publicIPs')
        ].filter(id => (0,_arm_id_js__WEBPACK_IMPORTED_MODULE_0__/* .isArmIdOf */ .p_)(id, 'Microsoft.Network/publicIPAddresses')),
        encryptionSetIds: unique(sets
            .map(one => objectAt(one, 'diskEncryptionSet').id)
            .filter(id => isIdOf(id, 'Microsoft.Compute/diskEncryptionSets')))
    };
}
function packageOf({ id, version }) {
    const asked = typeof version === 'string' ? { version } : {};
    if (isIdOf(id, 'Microsoft.Batch/batchAccounts/applications'))
        return [{ id, ...asked }];
    if (!isIdOf(id, 'Microsoft.Batch/batchAccounts/applications/versions'))
        return [];
    return [{ id: (0,_arm_id_js__WEBPACK_IMPORTED_MODULE_0__/* .parentId */ .A1)(id), version: id.split('/').at(-1) ?? '', ...asked }];
}
function versionIdOf({ id, version }) {
    return version === undefined ? undefined : (0,_arm_id_js__WEBPACK_IMPORTED_MODULE_0__/* .childId */ ._U)(id, 'versions', version);
}
const objectAt = (value, name) => {
    const found = value[name];
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(found) ? found : {};
};
const listAt = (value, name) => {
    const found = value[name];
    return Array.isArray(found) ? found.filter(_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW) : [];
};
const textsAt = (value, name) => {
    const found = value[name];
    return Array.isArray(found) ? found.filter(text => typeof text === 'string') : [];
};
const isIdOf = (value, type) => typeof value === 'string' && (0,_arm_id_js__WEBPACK_IMPORTED_MODULE_0__/* .isArmIdOf */ .p_)(value, type);
function unique(ids) {
    return [...new Map(ids.map(id => [id.toLowerCase(), id])).values()];
}


/***/ }),

/***/ 6356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ sameRegion),
/* harmony export */   g: () => (/* binding */ regionName)
/* harmony export */ });
function regionName(text) {
    return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
function sameRegion(a, b) {
    return regionName(a) === regionName(b);
}


/***/ }),

/***/ 80551:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./build/azure/job.js
var job = __webpack_require__(33427);
// EXTERNAL MODULE: ./build/shared/utc.js
var utc = __webpack_require__(22706);
;// CONCATENATED MODULE: ./build/azure/sign-in-end.js

function signInEndsEarly(who, { asksUntil }, deadlineAt) {
    if (who.kind !== 'github-oidc' || asksUntil === undefined || deadlineAt <= asksUntil)
        return undefined;
    return (`GitHub lets this job sign in until ${(0,utc/* utc */.n)(asksUntil)} only, and the deadline is ${(0,utc/* utc */.n)(deadlineAt)}: ` +
        'the last tokens may serve for most of an hour more, then the run ends with sign-in-failed. ' +
        'Give it a shorter deadline, let it begin earlier in its job, or sign in without client-id on a runner with a managed identity');
}

// EXTERNAL MODULE: ./build/connect-to.js
var connect_to = __webpack_require__(80646);
// EXTERNAL MODULE: ./build/report/redact.js + 2 modules
var redact = __webpack_require__(54685);
// EXTERNAL MODULE: ./build/model/failure.js
var model_failure = __webpack_require__(31612);
// EXTERNAL MODULE: ./build/shared/text.js
var shared_text = __webpack_require__(89853);
;// CONCATENATED MODULE: ./build/run-journal.js


function runJournal(journal) {
    let mayBeLost = false;
    return {
        write: entry => {
            try {
                journal.write(entry);
            }
            catch (error) {
                if (!mayBeLost)
                    throw cantWrite('the journal of changes', error, 'nothing is changed without it');
            }
        },
        undoingBegins: () => void (mayBeLost = true)
    };
}
function cantWrite(what, error, so) {
    return new model_failure/* RunError */.e4('runner-failed', `${what} could not be written: ${(0,shared_text/* messageOf */.bD)(error)}; ${so}`, 'look at the runner’s disk and its temporary folder (RUNNER_TEMP), then run again: what stands is taken up');
}

;// CONCATENATED MODULE: ./build/guarded.js


function guarded(deps) {
    const { deep, hide, text } = (0,redact/* redactor */.$)();
    hide(deps.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '');
    const { log } = deps;
    return {
        ...deps,
        hide,
        clean: deep,
        getIdToken: async (audience) => {
            const token = await deps.getIdToken(audience);
            hide(token);
            return token;
        },
        journal: runJournal({ write: entry => deps.journal.write(deep(entry)) }),
        log: {
            say: line => log.say(text(line)),
            debug: line => log.debug(text(line)),
            annotate: annotation => log.annotate(deep(annotation)),
            mask: secret => {
                hide(secret);
                log.mask(secret);
            }
        },
        writePlan: json => deps.writePlan(text(json)),
        setOutputs: outputs => deps.setOutputs(deep(outputs)),
        writeSummary: markdown => deps.writeSummary(text(markdown))
    };
}

// EXTERNAL MODULE: ./build/shared/plain-text.js
var plain_text = __webpack_require__(44114);
;// CONCATENATED MODULE: ./build/inputs/input-error.js


const MOST_QUOTED = 400;
const MOST_NAME = 100;
const MOST_MESSAGE = 1_200;
const MOST_PROBLEMS = 100;
function problemLine(input, message) {
    const quotesCut = message.replace(/"[^"]{400,}"/g, quoted => `"${(0,plain_text/* cut */.Jj)(quoted.slice(1, -1), MOST_QUOTED)}"`);
    return { input: (0,plain_text/* cut */.Jj)(input, MOST_NAME), message: (0,plain_text/* cutInside */.PS)(quotesCut, MOST_MESSAGE).replaceAll(/\s*[\r\n]+\s*/g, ' ') };
}
class InputError extends model_failure/* RunError */.e4 {
    problems;
    constructor(problems) {
        const lines = problems.slice(0, MOST_PROBLEMS).map(({ input, message }) => `${input}: ${message}`);
        const more = problems.length - lines.length;
        super('input-invalid', [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'), 'correct the inputs and run again; Azure was not called');
        this.name = 'InputError';
        this.problems = problems;
    }
}

;// CONCATENATED MODULE: ./build/inputs/by-command.js
const COMMANDS = ['release', 'image', 'rollout'];
const ALL = COMMANDS;
const IMAGE = ['release', 'image'];
const ROLLOUT = ['release', 'rollout'];
const USED_BY = {
    command: ALL,
    'dry-run': ALL,
    'client-id': ALL,
    'tenant-id': ALL,
    'subscription-id': ALL,
    audience: ALL,
    cloud: ALL,
    'source-vm': IMAGE,
    'data-disks': IMAGE,
    'stop-vm': IMAGE,
    generalize: IMAGE,
    'publish-to': IMAGE,
    'image-version': IMAGE,
    'target-regions': IMAGE,
    'replication-mode': IMAGE,
    promote: IMAGE,
    'wait-for-regions': IMAGE,
    'image-id': ['rollout'],
    'pool-spec': ROLLOUT,
    'pool-spec-inline': ROLLOUT,
    'batch-account': ROLLOUT,
    'image-change': ROLLOUT,
    'canary-nodes': ROLLOUT,
    'wave-size': ROLLOUT,
    'resize-timeout': ROLLOUT,
    'node-timeout': ROLLOUT,
    'repair-attempts': ROLLOUT,
    'resize-attempts': ROLLOUT,
    'max-unhealthy': ROLLOUT,
    drain: ROLLOUT,
    'drain-timeout': ROLLOUT,
    'keep-snapshots': IMAGE,
    'work-resource-group': IMAGE,
    tags: IMAGE,
    deadline: ALL,
    'poll-interval': ALL,
    'allow-retired': ROLLOUT
};
const NEEDED_BY = {
    'source-vm': IMAGE,
    'publish-to': IMAGE,
    'batch-account': ROLLOUT
};
const makesImage = (command) => command !== 'rollout';
const rollsOut = (command) => command !== 'image';

;// CONCATENATED MODULE: ./build/inputs/defined.js
function defined(values) {
    const entries = Object.entries(values).filter(([, value]) => value !== undefined);
    return Object.fromEntries(entries);
}

;// CONCATENATED MODULE: ./build/inputs/action-defaults.js
const ACTION_DEFAULTS = {
    command: 'release',
    'dry-run': 'false',
    'client-id': '',
    'tenant-id': '',
    'subscription-id': '',
    audience: 'api://AzureADTokenExchange',
    cloud: 'AzureCloud',
    'source-vm': '',
    'data-disks': 'all',
    'stop-vm': 'false',
    generalize: '',
    'publish-to': '',
    'image-version': 'auto',
    'target-regions': '',
    'replication-mode': 'Full',
    promote: 'when-proved',
    'wait-for-regions': 'pool',
    'image-id': '',
    'pool-spec': '',
    'pool-spec-inline': '',
    'batch-account': '',
    'image-change': 'auto',
    'canary-nodes': '1',
    'wave-size': 'all',
    'resize-timeout': '',
    'node-timeout': '30m',
    'repair-attempts': '1',
    'resize-attempts': '3',
    'max-unhealthy': '5%',
    drain: 'task-completion',
    'drain-timeout': '1h',
    'keep-snapshots': 'false',
    'work-resource-group': '',
    tags: '',
    deadline: '5h',
    'poll-interval': '30s',
    'allow-retired': 'false'
};
const INPUT_NAMES = Object.keys(ACTION_DEFAULTS);

;// CONCATENATED MODULE: ./build/shared/duration.js
const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const isUnit = (text) => text !== undefined && Object.hasOwn(UNITS_MS, text);
function parseDurationMs(text) {
    const [, digits, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
    return isUnit(unit) ? Number(digits) * UNITS_MS[unit] : undefined;
}
function formatDurationMs(ms) {
    const unit = ['d', 'h', 'm', 's'].find(candidate => ms % UNITS_MS[candidate] === 0 && ms !== 0);
    if (ms === 0)
        return '0s';
    return unit === undefined ? `${ms}ms` : `${ms / UNITS_MS[unit]}${unit}`;
}

// EXTERNAL MODULE: ./build/shared/iso8601.js
var iso8601 = __webpack_require__(40112);
// EXTERNAL MODULE: ./build/model/arm-id.js
var arm_id = __webpack_require__(51736);
;// CONCATENATED MODULE: ./build/inputs/resource-id.js

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const isGuid = (text) => GUID.test(text);
function parseResourceId(text, type) {
    const id = (0,arm_id/* parseArmId */.fk)(text, type);
    const { subscriptionId, resourceGroup, names } = (0,arm_id/* splitArmId */.qF)(text) ?? {
        subscriptionId: '',
        resourceGroup: '',
        names: []
    };
    if (!isGuid(subscriptionId)) {
        throw new Error(`"${text}" has subscription "${subscriptionId}", which is not a GUID`);
    }
    const bad = [resourceGroup, ...names].find(name => !isResourceName(name));
    if (bad !== undefined) {
        throw new Error(`"${text}" has "${bad}" in it, which is not a name; letters, digits and -_.() are allowed`);
    }
    names.forEach((name, depth) => checkName(text, name, type
        .split('/')
        .slice(0, depth + 2)
        .join('/')));
    return id;
}
const OF_COMPUTE = {
    pattern: /^[a-z0-9](?:[\w.-]{0,78}\w)?$/i,
    rule: '1 to 80 letters, digits, underscores, periods and hyphens, the first a letter or digit, the last no period or hyphen'
};
const NAME_RULES = {
    'Microsoft.Compute/galleries': OF_COMPUTE,
    'Microsoft.Compute/galleries/images': OF_COMPUTE,
    'Microsoft.Compute/images': OF_COMPUTE,
    'Microsoft.Batch/batchAccounts': { pattern: /^[a-z0-9]{3,24}$/i, rule: '3 to 24 letters and digits' }
};
function checkName(text, name, type) {
    const { pattern, rule } = NAME_RULES[type] ?? {};
    if (pattern?.test(name) !== false)
        return;
    throw new Error(`"${text}" has "${name}", which is not the name of a ${type}; ${rule}`);
}
function isResourceName(text) {
    return /^[\p{L}\p{N}_.()-]{1,90}$/u.test(text) && !text.endsWith('.');
}

;// CONCATENATED MODULE: ./build/inputs/image-reference.js


const RETIRED = 'Microsoft announced that Batch takes custom images only from an Azure Compute Gallery since 31 March 2026; make a ' +
    'gallery version of it, or set allow-retired to "true" to try all the same';
const VERSION = 'Microsoft.Compute/galleries/images/versions';
const DEFINITION = 'Microsoft.Compute/galleries/images';
const MANAGED = 'Microsoft.Compute/images';
const isManagedImageId = (id) => (0,arm_id/* isArmIdOf */.p_)(id, MANAGED);
function parsePinnedImage(text, allowRetired) {
    if ((0,arm_id/* isArmIdOf */.p_)(text, DEFINITION))
        throw new Error(`"${text}" names no version; ${pinWhy(text)}`);
    if (isManagedImageId(text)) {
        if (!allowRetired)
            throw new Error(`"${text}" is a managed image; ${RETIRED}`);
        return parseResourceId(text, MANAGED);
    }
    const id = parseResourceId(text, VERSION);
    const version = (0,arm_id/* namesOf */.eZ)(id).at(-1) ?? '';
    if (version.toLowerCase() === 'latest') {
        throw new Error(`"${text}" is not pinned; ${pinWhy(text.replace(/\/versions\/[^/]*$/i, ''))}`);
    }
    if (!isImageVersion(version)) {
        throw new Error(`"${text}" has version "${version}", which is not Major.Minor.Patch of 32-bit integers`);
    }
    return id;
}
function pinWhy(definition) {
    return (`pin one, such as ${definition}/versions/1.0.0, as otherwise nodes of one pool get different images with each ` +
        'version that is published');
}
function isImageVersion(text) {
    const parts = text.split('.');
    return parts.length === 3 && parts.every(part => /^(?:0|[1-9]\d{0,9})$/.test(part) && Number(part) <= 2_147_483_647);
}

;// CONCATENATED MODULE: ./build/inputs/parse-value.js





function parseChoice(text, choices) {
    const found = choices.find(choice => choice === text);
    if (found !== undefined)
        return found;
    throw new Error(`"${text}" is not ${(0,shared_text/* joinWords */.yZ)(choices)}${(0,shared_text/* didYouMean */.au)(text, choices)}`);
}
const parseBoolean = (text) => parseChoice(text, ['true', 'false']) === 'true';
function parseCount(text, min) {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value >= min)
        return value;
    throw new Error(`"${text}" is not a whole number of at least ${min}`);
}
function parseWaveSize(text) {
    if (text === 'all')
        return text;
    if (/^\d{1,9}$/.test(text) && Number(text) >= 1)
        return Number(text);
    throw new Error(`"${text}" is not a wave size; "all", or a whole number of at least 1`);
}
function parseDuration(text, min, max) {
    const ms = parseDurationMs(text);
    if (ms === undefined) {
        const iso = (0,iso8601/* parseIso8601Ms */.g)(text);
        const hint = iso === undefined ? 'a whole number and s, m, h or d, such as 20m' : `did you mean "${formatDurationMs(iso)}"?`;
        throw new Error(`"${text}" is not a duration; ${hint}`);
    }
    if (ms < (parseDurationMs(min) ?? 0) || ms > (parseDurationMs(max) ?? Infinity)) {
        throw new Error(`"${text}" is out of bounds; from ${min} to ${max}`);
    }
    return ms;
}
function parseMaxUnhealthy(text) {
    const [, digits, percent] = /^(\d{1,9}(?:\.\d+)?)(%?)$/.exec(text) ?? [];
    const value = Number(digits);
    if (percent === '' && Number.isInteger(value))
        return { nodes: value };
    if (percent === '%' && value <= 100)
        return { share: value / 100 };
    throw new Error(`"${text}" is neither a number of nodes nor a share; such as 3, or 5% (at most 100%)`);
}
function parseGuid(text) {
    if (isGuid(text))
        return text;
    throw new Error(`"${text}" is not a GUID; 32 hexadecimal digits in five groups, as the Azure portal shows it`);
}
function parseImageVersion(text) {
    if (text === 'auto' || isImageVersion(text))
        return text;
    throw new Error(`"${text}" is not an image version; "auto", or Major.Minor.Patch, three integers from 0 to 2147483647 without ` +
        'leading zeros, such as 1.0.12');
}
function parseResourceGroupName(text) {
    if (isResourceName(text))
        return text;
    throw new Error(`"${text}" is not the name of a resource group; 1 to 90 letters, digits and -_.(), and no period at the end`);
}
function parseAudience(text) {
    if (!/\s/.test(text))
        return text;
    throw new Error(`"${text}" is not an audience; such as "api://AzureADTokenExchange"`);
}
const NAMED_CLOUDS = ['AzureCloud', 'AzureUSGovernment', 'AzureChinaCloud'];
function parseCloud(text) {
    if (!text.includes('://'))
        return { kind: 'named', name: parseNamedCloud(text) };
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url?.protocol !== 'https:')
        throw new Error(`"${text}" is not an https URL; tokens are sent over https only`);
    if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
        throw new Error(`"${url.origin}…" has more than host and path; a Resource Manager’s URL alone is expected`);
    }
    return { kind: 'resource-manager', url: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}
function parseNamedCloud(text) {
    try {
        return parseChoice(text, NAMED_CLOUDS);
    }
    catch {
        throw new Error(`"${text}" is neither ${NAMED_CLOUDS.join(', ')} nor an https URL${(0,shared_text/* didYouMean */.au)(text, NAMED_CLOUDS)}`);
    }
}

;// CONCATENATED MODULE: ./build/inputs/input-reader.js





function readInputs(read) {
    const texts = new Map(INPUT_NAMES.map(name => [name, read(name)]));
    const problems = [];
    const text = (name) => {
        const given = texts.get(name) ?? '';
        return given.trim() === '' ? ACTION_DEFAULTS[name] : given;
    };
    const complain = (name, message) => void problems.push(problemLine(name, message));
    const take = (name, parse) => {
        try {
            return parse(text(name).trim());
        }
        catch (error) {
            const errors = error instanceof AggregateError ? error.errors : [error];
            for (const each of errors)
                complain(name, (0,shared_text/* messageOf */.bD)(each));
            return undefined;
        }
    };
    const reader = {
        command: take('command', value => parseChoice(value, COMMANDS)),
        text,
        isGiven: name => text(name).trim() !== ACTION_DEFAULTS[name],
        take: (name, parse) => (text(name) === '' ? undefined : take(name, parse)),
        takeOptional: (name, parse) => (text(name) === '' ? undefined : take(name, parse)),
        complain,
        throwIfAny: () => {
            if (problems.length > 0)
                throw new InputError(problems.toSorted((a, b) => rank(a) - rank(b)));
        }
    };
    if (reader.command !== undefined)
        checkUse(reader, reader.command);
    return reader;
}
const rank = ({ input }) => INPUT_NAMES.findIndex(name => name === input);
function checkUse(reader, command) {
    for (const name of INPUT_NAMES) {
        if (reader.isGiven(name) && !USED_BY[name].includes(command)) {
            const users = (0,shared_text/* joinWords */.yZ)(USED_BY[name], 'and');
            reader.complain(name, `is not used by command "${command}", only by ${users}; leave it out`);
        }
        if (NEEDED_BY[name]?.includes(command) === true && !reader.isGiven(name)) {
            reader.complain(name, `is missing; command "${command}" needs it`);
        }
    }
}

// EXTERNAL MODULE: ./build/model/region.js
var model_region = __webpack_require__(6356);
// EXTERNAL MODULE: ./build/model/json.js
var model_json = __webpack_require__(29598);
;// CONCATENATED MODULE: ./build/inputs/nat-pool-rules.js

const RESERVED_BACKEND = [29_876, 29_877];
const RESERVED_FRONTEND = { from: 50_000, to: 55_000 };
const MOST_RULES = 25;
function natPoolProblems(value, path) {
    const network = (0,model_json/* objectOf */.Xy)(value);
    const pools = (0,model_json/* itemsOf */.S3)((0,model_json/* objectOf */.Xy)(network['endpointConfiguration'])['inboundNatPools']);
    const at = (...more) => [...path, 'endpointConfiguration', 'inboundNatPools', ...more];
    if (pools.length === 0)
        return [];
    const isClosed = (0,model_json/* objectOf */.Xy)(network['publicIPAddressConfiguration'])['provision'] === 'NoPublicIPAddresses';
    return [
        ...(isClosed ? [{ path: at(), message: 'is given, and NoPublicIPAddresses opens no port; leave one out' }] : []),
        ...twice(pools, 'name', at),
        ...twice(pools, 'backendPort', at),
        ...pools.flatMap((pool, index) => portProblems(pool, pools.slice(0, index), at(index))),
        ...ruleProblems(pools, at)
    ];
}
function portProblems(pool, before, path) {
    const { backendPort } = pool;
    const problems = [];
    if (backendPort !== undefined && RESERVED_BACKEND.includes(backendPort)) {
        problems.push({
            path: [...path, 'backendPort'],
            message: `${String(backendPort)} is kept by Batch, which keeps ${RESERVED_BACKEND.join(' and ')}; use another port`
        });
    }
    const range = rangeOf(pool);
    if (range === undefined)
        return problems;
    const from = [...path, 'frontendPortRangeStart'];
    const text = `${range.from} to ${range.to}`;
    if (range.from > range.to)
        problems.push({ path: from, message: `${text} is no range; the end comes first` });
    if (overlap(range, RESERVED_FRONTEND)) {
        problems.push({ path: from, message: `${text} has ports of 50000 to 55000, which Batch keeps; use others` });
    }
    if (before.some(other => overlap(range, rangeOf(other)))) {
        problems.push({
            path: from,
            message: `${text} overlaps the range of another NAT pool; each needs ports of its own`
        });
    }
    return problems;
}
function twice(pools, name, at) {
    return pools.flatMap((pool, index) => {
        const value = pool[name];
        const isTaken = value !== undefined && pools.slice(0, index).some(other => other[name] === value);
        return isTaken
            ? [{ path: at(index, name), message: `${JSON.stringify(value)} is there twice; each NAT pool needs its own` }]
            : [];
    });
}
function ruleProblems(pools, at) {
    const rules = pools.flatMap((pool, index) => (0,model_json/* itemsOf */.S3)(pool['networkSecurityGroupRules']).map(({ priority }, nth) => ({ priority, index, nth })));
    const tooMany = { path: at(), message: `has ${rules.length} rules in all; ${MOST_RULES} at most` };
    const again = rules.flatMap(({ priority, index, nth }, order) => rules.slice(0, order).some(other => other.priority === priority)
        ? [
            {
                path: at(index, 'networkSecurityGroupRules', nth, 'priority'),
                message: `${String(priority)} is there twice; each rule of a pool needs its own`
            }
        ]
        : []);
    return [...(rules.length > MOST_RULES ? [tooMany] : []), ...again];
}
function rangeOf({ frontendPortRangeStart: from, frontendPortRangeEnd: to }) {
    return typeof from === 'number' && typeof to === 'number' ? { from, to } : undefined;
}
const overlap = (a, b) => b !== undefined && a.from <= b.to && b.from <= a.to;

;// CONCATENATED MODULE: ./build/inputs/pool-spec-rules.js



const OWN_PREFIX = 'batch-image-rollout';
function pool_spec_rules_ruleProblems(root) {
    const properties = (0,model_json/* objectOf */.Xy)(root['properties']);
    const at = (...path) => ['properties', ...path];
    const vm = ['deploymentConfiguration', 'virtualMachineConfiguration'];
    const configuration = (0,model_json/* objectOf */.Xy)((0,model_json/* objectOf */.Xy)(properties[vm[0] ?? ''])[vm[1] ?? '']);
    return [
        ...scaleProblems(properties['scaleSettings'], at('scaleSettings')),
        ...startTaskProblems(properties['startTask'], at('startTask')),
        ...userAccountProblems(properties['userAccounts'], at('userAccounts')),
        ...mountProblems(properties['mountConfiguration'], at('mountConfiguration')),
        ...natPoolProblems(properties['networkConfiguration'], at('networkConfiguration')),
        ...lunProblems(configuration['dataDisks'], at(...vm, 'dataDisks')),
        ...metadataProblems(properties['metadata'], at('metadata')),
        ...identityProblems(root['identity'])
    ];
}
const has = (value, names) => names.filter(name => value[name] !== undefined);
function scaleProblems(value, path) {
    if (!(0,model_json/* isJsonObject */.OW)(value))
        return [];
    const given = has(value, ['fixedScale', 'autoScale']);
    if (given.length === 2)
        return [{ path, message: 'has both fixedScale and autoScale; keep one' }];
    if (given.length === 0)
        return [{ path, message: 'has neither fixedScale nor autoScale; give one, or leave it out' }];
    const fixed = value['fixedScale'];
    if (!(0,model_json/* isJsonObject */.OW)(fixed) || has(fixed, ['targetDedicatedNodes', 'targetLowPriorityNodes']).length > 0)
        return [];
    const message = 'has neither targetDedicatedNodes nor targetLowPriorityNodes; give one or both';
    return [{ path: [...path, 'fixedScale'], message }];
}
function startTaskProblems(value, path) {
    const task = (0,model_json/* objectOf */.Xy)(value);
    const problems = (0,model_json/* itemsOf */.S3)(task['resourceFiles']).flatMap((file, index) => resourceFileProblems(file, [...path, 'resourceFiles', index]));
    const user = task['userIdentity'];
    const names = ['userName', 'autoUser'];
    if ((0,model_json/* isJsonObject */.OW)(user))
        problems.push(...exactlyOne({ value: user, names, path: [...path, 'userIdentity'] }));
    return problems;
}
function resourceFileProblems(file, path) {
    const names = ['autoStorageContainerName', 'storageContainerUrl', 'httpUrl'];
    const problems = exactlyOne({ value: file, names, path });
    if (file['httpUrl'] !== undefined && file['filePath'] === undefined) {
        problems.push({ path: [...path, 'filePath'], message: 'is missing; a file from httpUrl needs it' });
    }
    return problems;
}
function exactlyOne({ value, names, path }) {
    const given = has(value, names);
    if (given.length === 1)
        return [];
    const got = given.length === 0 ? 'none' : given.join(' and ');
    return [{ path, message: `has ${got} of ${names.join(', ')}; exactly one is needed` }];
}
function userAccountProblems(value, path) {
    return (0,model_json/* itemsOf */.S3)(value).flatMap((account, index) => {
        const linux = (0,model_json/* objectOf */.Xy)(account['linuxUserConfiguration']);
        if (has(linux, ['uid', 'gid']).length !== 1)
            return [];
        const message = 'has only one of uid and gid; give both or neither';
        return [{ path: [...path, index, 'linuxUserConfiguration'], message }];
    });
}
function mountProblems(value, path) {
    const names = [
        'azureBlobFileSystemConfiguration',
        'nfsMountConfiguration',
        'cifsMountConfiguration',
        'azureFileShareConfiguration'
    ];
    return (0,model_json/* itemsOf */.S3)(value).flatMap((mount, index) => exactlyOne({ value: mount, names, path: [...path, index] }));
}
function lunProblems(value, path) {
    const seen = new Set();
    return (0,model_json/* itemsOf */.S3)(value).flatMap(({ lun }, index) => lun !== undefined && seen.size === seen.add(lun).size
        ? [{ path: [...path, index, 'lun'], message: `${String(lun)} is there twice; each disk needs its own` }]
        : []);
}
function metadataProblems(value, path) {
    return (0,model_json/* itemsOf */.S3)(value).flatMap(({ name }, index) => typeof name === 'string' && name.toLowerCase().startsWith(OWN_PREFIX)
        ? [
            {
                path: [...path, index, 'name'],
                message: `"${name}" begins with "${OWN_PREFIX}", which is kept for this action’s own metadata; use another name`
            }
        ]
        : []);
}
function identityProblems(value) {
    const identity = (0,model_json/* objectOf */.Xy)(value);
    const type = 'Microsoft.ManagedIdentity/userAssignedIdentities';
    const ids = Object.keys((0,model_json/* objectOf */.Xy)(identity['userAssignedIdentities']));
    const problems = ids
        .filter(id => !(0,arm_id/* isArmIdOf */.p_)(id, type))
        .map(id => ({ path: ['identity', 'userAssignedIdentities', id], message: `is not the id of a ${type}` }));
    if (identity['type'] === 'UserAssigned' && ids.length === 0) {
        const message = 'names no identity; type "UserAssigned" needs one or more';
        problems.push({ path: ['identity', 'userAssignedIdentities'], message });
    }
    if (identity['type'] === 'None' && ids.length > 0) {
        problems.push({ path: ['identity', 'userAssignedIdentities'], message: 'is given with type "None"; leave one out' });
    }
    return problems;
}

;// CONCATENATED MODULE: ./build/inputs/parse-list.js



function parseDataDisks(text) {
    if (text === 'all' || text === 'none')
        return text;
    const entries = entriesOf(text, /,/, '"all", "none", or LUNs separated by commas, such as 0,2');
    if (entries.every(entry => /^[a-z]/i.test(entry))) {
        throw new Error(`"${text}" is not "all", "none" or a list of LUNs such as 0,2${(0,shared_text/* didYouMean */.au)(text, ['all', 'none'])}`);
    }
    const luns = each(entries, entry => {
        const lun = /^\d{1,2}$/.test(entry) ? Number(entry) : NaN;
        if (lun >= 0 && lun <= 63)
            return lun;
        throw new Error(`"${entry}" is not a LUN; a whole number from 0 to 63`);
    });
    refuseDuplicates(luns.map(String), 'LUN');
    return luns.toSorted((a, b) => a - b);
}
function parseTargetRegions(text) {
    const regions = each(entriesOf(text, /[,\n]/, 'regions separated by commas, such as eastus2=2, westus3'), parseTargetRegion);
    refuseDuplicates(regions.map(({ region }) => region), 'region');
    return regions;
}
function parseTargetRegion(entry) {
    const [name = '', count, ...more] = entry.split('=').map(part => part.trim());
    if (!/^[a-z][a-z0-9 ]*$/i.test(name) || more.length > 0) {
        throw new Error(`"${entry}" is not a region with its replicas; such as eastus2, or eastus2=2`);
    }
    if (count === undefined)
        return { region: (0,model_region/* regionName */.g)(name) };
    const replicas = /^\d{1,3}$/.test(count) ? Number(count) : NaN;
    if (replicas >= 1 && replicas <= 100)
        return { region: (0,model_region/* regionName */.g)(name), replicas };
    throw new Error(`"${entry}" asks for "${count}" replicas; from 1 to 100`);
}
const MOST_TAGS = 40;
const TAGS_FORM = 'name=value pairs, one a line or separated by commas, such as team=render';
function parseTags(text) {
    const pairs = each(entriesOf(text, text.includes('\n') ? /\n/ : /,/, TAGS_FORM), parseTag);
    refuseDuplicates(pairs.map(([name]) => name.toLowerCase()), 'tag');
    if (pairs.length > MOST_TAGS) {
        throw new Error(`${pairs.length} tags are too many; ${MOST_TAGS} at most, as ten of Azure’s 50 are for the action’s own`);
    }
    return Object.fromEntries(pairs);
}
function parseTag(entry) {
    const at = entry.indexOf('=');
    if (at < 1)
        throw new Error(`"${entry}" is not a tag; name=value is expected`);
    const name = entry.slice(0, at).trim();
    const value = entry.slice(at + 1).trim();
    if (name.length > 512)
        throw new Error(`tag name "${name.slice(0, 40)}…" has ${name.length} characters; 512 at most`);
    if (value.length > 256)
        throw new Error(`the value of tag "${name}" has ${value.length} characters; 256 at most`);
    if (/[<>%&\\?/]/.test(name))
        throw new Error(`tag name "${name}" has one of <>%&\\?/ in it, which Azure refuses`);
    if (name.toLowerCase().startsWith(`${OWN_PREFIX}-`)) {
        throw new Error(`tag name "${name}" begins with "${OWN_PREFIX}-", which is kept for this action’s own tags`);
    }
    return [name, value];
}
function entriesOf(text, by, form) {
    if (/^[ \t]*(?:[[{"']|-[ \t])/m.test(text)) {
        throw new Error(`"${text}" is a list of JSON or YAML; ${form} without brackets, quotes and hyphens is expected`);
    }
    const entries = text
        .split(by)
        .map(entry => entry.trim())
        .filter(entry => entry !== '');
    if (entries.length === 0)
        throw new Error(`"${text}" has no entry; ${form}, or leave it out`);
    return entries;
}
function each(entries, parse) {
    const errors = [];
    const values = entries.flatMap(entry => {
        try {
            return [parse(entry)];
        }
        catch (error) {
            errors.push(error);
            return [];
        }
    });
    if (errors.length > 0)
        throw new AggregateError(errors);
    return values;
}
function refuseDuplicates(names, what) {
    const seen = new Set();
    const twice = new Set(names.filter(name => seen.size === seen.add(name).size));
    if (twice.size > 0) {
        throw new AggregateError([...twice].map(name => new Error(`${what} "${name}" is there twice; once is enough`)));
    }
}

;// CONCATENATED MODULE: ./build/inputs/parse-image.js






function parseImage(reader) {
    return {
        sourceVmId: reader.take('source-vm', text => parseResourceId(text, 'Microsoft.Compute/virtualMachines')),
        dataDisks: reader.take('data-disks', parseDataDisks),
        stopVm: reader.take('stop-vm', parseBoolean),
        generalized: reader.takeOptional('generalize', text => parseChoice(text, ['done'])) === 'done',
        publishTo: parsePublishTo(reader),
        ...defined({ workResourceGroup: reader.takeOptional('work-resource-group', parseResourceGroupName) })
    };
}
const GALLERY_ONLY = [
    'image-version',
    'target-regions',
    'replication-mode',
    'promote',
    'keep-snapshots',
    'wait-for-regions'
];
function parsePublishTo(reader) {
    const id = reader.take('publish-to', parsePublishToId);
    if (typeof id === 'string' && isManagedImageId(id)) {
        for (const name of GALLERY_ONLY.filter(reader.isGiven)) {
            reader.complain(name, 'is for gallery versions only, and publish-to is a managed image; leave it out');
        }
        return { kind: 'managed', imageId: id };
    }
    return {
        kind: 'gallery',
        galleryImageId: id,
        version: reader.take('image-version', parseImageVersion),
        targetRegions: reader.takeOptional('target-regions', parseTargetRegions) ?? [],
        replicationMode: reader.take('replication-mode', text => parseChoice(text, ['Full', 'Shallow'])),
        promote: reader.take('promote', text => parseChoice(text, ['when-proved', 'now', 'never'])),
        keepSnapshots: reader.take('keep-snapshots', parseBoolean),
        waitForRegions: reader.take('wait-for-regions', text => parseChoice(text, ['pool', 'all']))
    };
}
function parsePublishToId(text) {
    if (isManagedImageId(text))
        return parseResourceId(text, 'Microsoft.Compute/images');
    if ((0,arm_id/* isArmIdOf */.p_)(text, 'Microsoft.Compute/galleries/images/versions')) {
        throw new Error(`"${text}" is the id of a version; use ${(0,arm_id/* parentId */.A1)(text)}, and image-version for the version`);
    }
    try {
        return parseResourceId(text, 'Microsoft.Compute/galleries/images');
    }
    catch (error) {
        throw new Error(`${error instanceof Error ? error.message : String(error)}, or …/providers/Microsoft.Compute/images/{name}`);
    }
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./build/inputs/pool-spec-structure.js

const MOST_ALIASES = 100;
function structureFaults(root) {
    const walk = { faults: [], anchors: new Map(), open: new Set(), aliases: 0 };
    const stack = [{ node: root, leave: false }];
    for (let stop = stack.pop(); stop !== undefined; stop = stack.pop()) {
        const { node, leave } = stop;
        if (leave)
            walk.open.delete(node);
        else {
            const below = enter(node, walk);
            if (below.length > 0)
                stack.push({ node, leave: true });
            for (const child of below.toReversed())
                stack.push({ node: child, leave: false });
        }
    }
    if (walk.aliases > MOST_ALIASES)
        walk.faults.push({ at: 0, message: `${walk.aliases} aliases; ${MOST_ALIASES} at most` });
    return walk.faults;
}
function enter(node, walk) {
    if ((0,dist/* isAlias */.Vj)(node)) {
        walk.aliases += 1;
        const target = walk.anchors.get(node.source);
        if (target !== undefined && walk.open.has(target)) {
            walk.faults.push({
                at: offsetOf(node),
                message: `alias *${node.source} stands inside of what it names; write it out`
            });
        }
        return [];
    }
    if ('anchor' in node && typeof node.anchor === 'string')
        walk.anchors.set(node.anchor, node);
    walk.open.add(node);
    const below = (0,dist/* isMap */.jh)(node) ? pairsOf(node.items, walk) : (0,dist/* isSeq */.oP)(node) ? node.items.filter(isNodeLike) : [];
    if (below.length === 0)
        walk.open.delete(node);
    return below;
}
function pairsOf(items, { faults }) {
    const names = new Set();
    return items.flatMap(({ key, value }) => {
        if ((0,dist/* isScalar */.jn)(key)) {
            const name = String(key.value);
            if (names.has(name))
                faults.push({ at: offsetOf(key), message: 'map keys must be unique' });
            names.add(name);
        }
        else if (isNodeLike(key)) {
            faults.push({ at: offsetOf(key), message: 'a key is a map, a list or an alias; a name is expected' });
            return [];
        }
        return [key, value].filter(isNodeLike);
    });
}
const isNodeLike = (value) => (0,dist/* isMap */.jh)(value) || (0,dist/* isSeq */.oP)(value) || (0,dist/* isScalar */.jn)(value) || (0,dist/* isAlias */.Vj)(value);
const offsetOf = ({ range }) => range?.[0] ?? 0;

;// CONCATENATED MODULE: ./build/inputs/pool-spec-document.js




const MOST_CHARACTERS = 1_048_576;
const MOST_DEPTH = 100;
const MARKS = new Set(['\u0002', '\u0018', '\u001f']);
function readPoolSpecDocument(text) {
    if (text.length > MOST_CHARACTERS) {
        return { problems: [`is ${text.length} characters long; ${MOST_CHARACTERS} at most, as no pool needs more`] };
    }
    const lines = new dist/* LineCounter */.HN();
    const told = (faults) => ({
        problems: faults.map(({ at, message }) => {
            const { line, col } = lines.linePos(at);
            return `line ${line}, column ${col}: ${sentence(message)}`;
        })
    });
    const documents = documentsIn(text, lines);
    if (!Array.isArray(documents))
        return told([documents]);
    const [document] = documents;
    const faults = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
    if (faults.length > 0)
        return told(faults.map(({ message, pos: [at] }) => ({ at, message })));
    if (document === undefined || document.contents === null)
        return { problems: ['is empty; a pool spec is expected'] };
    if (documents.length > 1)
        return { problems: [`holds ${documents.length} documents; one pool spec is expected`] };
    const wrong = structureFaults(document.contents);
    return wrong.length > 0 ? told(wrong) : readRoot(document, lines);
}
function documentsIn(text, lines) {
    lines.addNewLine(0);
    const parser = new dist/* Parser */.iX(lines.addNewLine);
    const tokens = [];
    let at = 0;
    for (const lexeme of new dist/* Lexer */.JG().lex(text)) {
        tokens.push(...parser.next(lexeme));
        if (!MARKS.has(lexeme))
            at += lexeme.length;
        if (parser.stack.length > MOST_DEPTH + 2) {
            return { at: at - lexeme.length, message: `is nested too deeply; ${MOST_DEPTH} levels at most` };
        }
    }
    tokens.push(...parser.end());
    return withoutStacks(() => [...new dist/* Composer */.Dk({ prettyErrors: false, uniqueKeys: false }).compose(tokens)]);
}
function withoutStacks(work) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
        return work();
    }
    finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}
function readRoot(document, lines) {
    try {
        const root = document.toJS();
        if (!(0,model_json/* isJsonObject */.OW)(root)) {
            const kind = Array.isArray(root) ? 'a list' : root === null ? 'null' : `a ${typeof root}`;
            const hint = typeof root === 'string' ? '; the path of a file goes to pool-spec' : '';
            return { problems: [`is ${kind}; an object with name and properties is expected${hint}`] };
        }
        const pairs = pairFinder();
        return { root, lineOf: path => lineOf(document.contents, path, { lines, pairs }) };
    }
    catch (error) {
        return { problems: [sentence(aliasMessage((0,shared_text/* messageOf */.bD)(error)))] };
    }
}
const aliasMessage = (message) => /excessive alias/i.test(message) ? 'has aliases that stand for too much; write out what they name' : message;
function pairFinder() {
    const known = new Map();
    return (map, name) => {
        let pairs = known.get(map);
        if (pairs === undefined) {
            pairs = new Map(map.items.flatMap(pair => ((0,dist/* isScalar */.jn)(pair.key) ? [[String(pair.key.value), pair]] : [])));
            known.set(map, pairs);
        }
        return pairs.get(name);
    };
}
function lineOf(root, path, { lines, pairs }) {
    let node = root;
    let found;
    for (const segment of path) {
        if ((0,dist/* isMap */.jh)(node)) {
            const pair = pairs(node, segment);
            if (pair === undefined || !(0,dist/* isNode */.Ll)(pair.key))
                break;
            found = pair.key;
            node = pair.value;
        }
        else if ((0,dist/* isSeq */.oP)(node)) {
            node = node.items[Number(segment)];
            if (!(0,dist/* isNode */.Ll)(node))
                break;
            found = node;
        }
        else
            break;
    }
    return found?.range ? lines.linePos(found.range[0]).line : undefined;
}
const sentence = (text) => text.charAt(0).toLowerCase() + text.slice(1);

;// CONCATENATED MODULE: ./build/inputs/pool-spec-ids.js


const SUBNET = 'Microsoft.Network/virtualNetworks/subnets';
const PUBLIC_IP = 'Microsoft.Network/publicIPAddresses';
const ENCRYPTION_SET = 'Microsoft.Compute/diskEncryptionSets';
const APPLICATION = 'Microsoft.Batch/batchAccounts/applications';
const IDS = [
    ['networkConfiguration.subnetId', SUBNET],
    ['networkConfiguration.publicIPAddressConfiguration.ipAddressIds.*', PUBLIC_IP],
    ['networkConfiguration.publicIPs.*', PUBLIC_IP],
    ['applicationPackages.*.id', APPLICATION, `${APPLICATION}/versions`],
    ...['osDisk', 'dataDisks.*'].flatMap(disk => ['diskEncryptionSet', 'securityProfile.diskEncryptionSet'].map((set) => [
        `deploymentConfiguration.virtualMachineConfiguration.${disk}.managedDisk.${set}.id`,
        ENCRYPTION_SET
    ]))
];
function idProblems(root) {
    return IDS.flatMap(([path, ...types]) => valuesAt(root['properties'], path.split('.'), ['properties']).flatMap(({ path, value }) => typeof value !== 'string' || value.includes('${env:')
        ? []
        : idProblem(value, types).map(message => ({ path, message }))));
}
function idProblem(text, types) {
    const type = (0,arm_id/* splitArmId */.qF)(text)?.type;
    if (types.some(wanted => wanted.toLowerCase() === type?.toLowerCase()))
        return [];
    const [wanted] = types;
    return [
        type === undefined ? `is not the id of a ${wanted}` : `is the id of a ${type}; that of a ${wanted} is expected`
    ];
}
function valuesAt(value, [name, ...rest], path) {
    if (name === undefined)
        return [{ path, value }];
    if (name === '*') {
        return Array.isArray(value) ? value.flatMap((item, index) => valuesAt(item, rest, [...path, index])) : [];
    }
    return (0,model_json/* isJsonObject */.OW)(value) ? valuesAt(value[name], rest, [...path, name]) : [];
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 17 modules
var schemas = __webpack_require__(38816);
;// CONCATENATED MODULE: ./build/inputs/pool-spec-parts.js


const INT32 = 2_147_483_647;
const pool_spec_parts_text = schemas/* string */.YjP();
const flag = schemas/* boolean */.zMY();
const whole = (min, max = INT32) => schemas/* int */.Whr().min(min).max(max);
const some = (schema) => schema.optional();
const choice = (...values) => schemas/* enum */.k5n(values);
function isoDuration(minMs, maxMs = Infinity) {
    const bounds = `${(0,iso8601/* formatIso8601 */.I)(minMs)} at least${maxMs === Infinity ? '' : ` and ${(0,iso8601/* formatIso8601 */.I)(maxMs)} at most`}`;
    return schemas/* string */.YjP()
        .regex(/^P(?=.)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/, {
        error: 'is not an ISO 8601 duration; such as PT15M',
        abort: true
    })
        .refine(value => isWithin((0,iso8601/* parseIso8601Ms */.g)(value), minMs, maxMs), { error: `is out of bounds; ${bounds}` });
}
const isWithin = (value, min, max) => value !== undefined && value >= min && value <= max;
const poolName = schemas/* string */.YjP()
    .regex(/^[a-zA-Z0-9_-]{1,64}$/, 'is not a pool name; 1 to 64 letters, digits, hyphens and underscores');
const pool_spec_parts_image = schemas/* strictObject */.rej({ id: pool_spec_parts_text });
const fixedScale = schemas/* strictObject */.rej({
    resizeTimeout: some(isoDuration(5 * 60_000)),
    targetDedicatedNodes: some(whole(0)),
    targetLowPriorityNodes: some(whole(0)),
    nodeDeallocationOption: some(choice('Requeue', 'Terminate', 'TaskCompletion'))
});
const autoScale = schemas/* strictObject */.rej({
    formula: pool_spec_parts_text,
    evaluationInterval: some(isoDuration(5 * 60_000, 168 * 3_600_000))
});
const scaleSettings = schemas/* strictObject */.rej({ fixedScale: some(fixedScale), autoScale: some(autoScale) });
const inboundNatPool = schemas/* strictObject */.rej({
    name: schemas/* string */.YjP()
        .regex(/^[a-zA-Z0-9](?:[\w.-]{0,75}[a-zA-Z0-9_])?$/, 'is not the name of a NAT pool; 1 to 77 letters, digits, underscores, periods and hyphens'),
    protocol: choice('TCP', 'UDP'),
    backendPort: whole(1, 65_535),
    frontendPortRangeStart: whole(1, 65_534),
    frontendPortRangeEnd: whole(1, 65_534),
    networkSecurityGroupRules: some(schemas/* array */.YOg(schemas/* strictObject */.rej({
        priority: whole(150, 4_096),
        access: choice('Allow', 'Deny'),
        sourceAddressPrefix: pool_spec_parts_text,
        sourcePortRanges: some(schemas/* array */.YOg(pool_spec_parts_text))
    })))
});
const endpointConfiguration = schemas/* strictObject */.rej({ inboundNatPools: schemas/* array */.YOg(inboundNatPool).max(5) });
const userAccount = schemas/* strictObject */.rej({
    name: pool_spec_parts_text,
    password: pool_spec_parts_text,
    elevationLevel: some(choice('NonAdmin', 'Admin')),
    linuxUserConfiguration: some(schemas/* strictObject */.rej({ uid: some(whole(0)), gid: some(whole(0)), sshPrivateKey: some(pool_spec_parts_text) })),
    windowsUserConfiguration: some(schemas/* strictObject */.rej({ loginMode: some(choice('Batch', 'Interactive')) }))
});
const userIdentity = schemas/* strictObject */.rej({
    userName: some(pool_spec_parts_text),
    autoUser: some(schemas/* strictObject */.rej({ scope: some(choice('Task', 'Pool')), elevationLevel: some(choice('NonAdmin', 'Admin')) }))
});
const resourceFile = schemas/* strictObject */.rej({
    autoStorageContainerName: some(pool_spec_parts_text),
    storageContainerUrl: some(pool_spec_parts_text),
    httpUrl: some(pool_spec_parts_text),
    blobPrefix: some(pool_spec_parts_text),
    filePath: some(pool_spec_parts_text),
    fileMode: some(pool_spec_parts_text)
});
const workingDirectory = choice('TaskWorkingDirectory', 'ContainerImageDefault');
const startTask = schemas/* strictObject */.rej({
    commandLine: some(pool_spec_parts_text),
    environmentSettings: some(schemas/* array */.YOg(schemas/* strictObject */.rej({ name: pool_spec_parts_text, value: some(pool_spec_parts_text) }))),
    userIdentity: some(userIdentity),
    maxTaskRetryCount: some(whole(-1)),
    waitForSuccess: some(flag)
});
const blobMount = schemas/* strictObject */.rej({
    accountName: pool_spec_parts_text,
    containerName: pool_spec_parts_text,
    accountKey: some(pool_spec_parts_text),
    sasKey: some(pool_spec_parts_text),
    blobfuseOptions: some(pool_spec_parts_text),
    relativeMountPath: pool_spec_parts_text
});
const nfsMount = schemas/* strictObject */.rej({ source: pool_spec_parts_text, relativeMountPath: pool_spec_parts_text, mountOptions: some(pool_spec_parts_text) });
const fileShareMount = schemas/* strictObject */.rej({
    accountName: pool_spec_parts_text,
    azureFileUrl: pool_spec_parts_text,
    accountKey: pool_spec_parts_text,
    relativeMountPath: pool_spec_parts_text,
    mountOptions: some(pool_spec_parts_text)
});
const commonProperties = {
    displayName: some(schemas/* string */.YjP().max(1_024)),
    vmSize: some(pool_spec_parts_text),
    scaleSettings: some(scaleSettings),
    interNodeCommunication: some(choice('Enabled', 'Disabled')),
    userAccounts: some(schemas/* array */.YOg(userAccount)),
    metadata: some(schemas/* array */.YOg(schemas/* strictObject */.rej({ name: pool_spec_parts_text, value: pool_spec_parts_text }))),
    applicationPackages: some(schemas/* array */.YOg(schemas/* strictObject */.rej({ id: pool_spec_parts_text, version: some(pool_spec_parts_text) })).max(10))
};

;// CONCATENATED MODULE: ./build/inputs/pool-spec-schema.js


const identityReference = schemas/* strictObject */.rej({ resourceId: some(pool_spec_parts_text) });
const encryptionSet = schemas/* strictObject */.rej({ id: pool_spec_parts_text });
const caching = choice('None', 'ReadOnly', 'ReadWrite');
const managedDisk = schemas/* strictObject */.rej({
    storageAccountType: some(choice('Standard_LRS', 'Premium_LRS', 'StandardSSD_LRS')),
    securityProfile: some(schemas/* strictObject */.rej({
        securityEncryptionType: some(choice('NonPersistedTPM', 'VMGuestStateOnly', 'DiskWithVMGuestState')),
        diskEncryptionSet: some(encryptionSet)
    })),
    diskEncryptionSet: some(encryptionSet)
});
const registry = schemas/* strictObject */.rej({
    username: some(pool_spec_parts_text),
    password: some(pool_spec_parts_text),
    registryServer: some(pool_spec_parts_text),
    identityReference: some(identityReference)
});
const vmExtension = schemas/* strictObject */.rej({
    name: pool_spec_parts_text,
    publisher: pool_spec_parts_text,
    type: pool_spec_parts_text,
    typeHandlerVersion: some(pool_spec_parts_text),
    autoUpgradeMinorVersion: some(flag),
    enableAutomaticUpgrade: some(flag),
    settings: some(schemas/* unknown */.L5J()),
    protectedSettings: some(schemas/* unknown */.L5J()),
    provisionAfterExtensions: some(schemas/* array */.YOg(pool_spec_parts_text))
});
const hostEndpoint = schemas/* strictObject */.rej({
    mode: some(choice('Audit', 'Enforce')),
    inVMAccessControlProfileReferenceId: some(pool_spec_parts_text)
});
const securityProfile = schemas/* strictObject */.rej({
    securityType: some(choice('trustedLaunch', 'confidentialVM')),
    encryptionAtHost: some(flag),
    uefiSettings: some(schemas/* strictObject */.rej({ secureBootEnabled: some(flag), vTpmEnabled: some(flag) })),
    proxyAgentSettings: some(schemas/* strictObject */.rej({ enabled: some(flag), imds: some(hostEndpoint), wireServer: some(hostEndpoint) }))
});
const virtualMachineConfiguration = schemas/* strictObject */.rej({
    imageReference: some(pool_spec_parts_image),
    nodeAgentSkuId: some(pool_spec_parts_text),
    windowsConfiguration: some(schemas/* strictObject */.rej({ enableAutomaticUpdates: some(flag) })),
    dataDisks: some(schemas/* array */.YOg(schemas/* strictObject */.rej({
        lun: whole(0, 63),
        caching: some(caching),
        diskSizeGB: whole(1),
        managedDisk: some(managedDisk)
    }))),
    licenseType: some(pool_spec_parts_text),
    containerConfiguration: some(schemas/* strictObject */.rej({
        type: choice('DockerCompatible', 'CriCompatible'),
        containerImageNames: some(schemas/* array */.YOg(pool_spec_parts_text)),
        containerRegistries: some(schemas/* array */.YOg(registry))
    })),
    diskEncryptionConfiguration: some(schemas/* strictObject */.rej({
        targets: some(schemas/* array */.YOg(choice('OsDisk', 'TemporaryDisk'))),
        customerManagedKey: some(schemas/* strictObject */.rej({
            keyUrl: some(pool_spec_parts_text),
            rotationToLatestKeyVersionEnabled: some(flag),
            identityReference: some(identityReference)
        }))
    })),
    nodePlacementConfiguration: some(schemas/* strictObject */.rej({ policy: some(choice('Regional', 'Zonal')) })),
    extensions: some(schemas/* array */.YOg(vmExtension)),
    osDisk: some(schemas/* strictObject */.rej({
        ephemeralOSDiskSettings: some(schemas/* strictObject */.rej({ placement: some(choice('CacheDisk')) })),
        caching: some(caching),
        managedDisk: some(managedDisk),
        diskSizeGB: some(whole(1)),
        writeAcceleratorEnabled: some(flag)
    })),
    securityProfile: some(securityProfile),
    serviceArtifactReference: some(schemas/* strictObject */.rej({ id: pool_spec_parts_text }))
});
const networkConfiguration = schemas/* strictObject */.rej({
    subnetId: some(pool_spec_parts_text),
    dynamicVnetAssignmentScope: some(choice('none', 'job')),
    endpointConfiguration: some(endpointConfiguration),
    publicIPAddressConfiguration: some(schemas/* strictObject */.rej({
        provision: some(choice('BatchManaged', 'UserManaged', 'NoPublicIPAddresses')),
        ipAddressIds: some(schemas/* array */.YOg(pool_spec_parts_text)),
        ipFamilies: some(schemas/* array */.YOg(choice('IPv4', 'IPv6'))),
        ipTags: some(schemas/* array */.YOg(schemas/* strictObject */.rej({ ipTagType: some(pool_spec_parts_text), tag: some(pool_spec_parts_text) })))
    })),
    enableAcceleratedNetworking: some(flag)
});
const containerSettings = schemas/* strictObject */.rej({
    containerRunOptions: some(pool_spec_parts_text),
    imageName: pool_spec_parts_text,
    registry: some(registry),
    workingDirectory: some(workingDirectory),
    containerHostBatchBindMounts: some(schemas/* array */.YOg(schemas/* strictObject */.rej({
        source: some(choice('Shared', 'Startup', 'VfsMounts', 'Task', 'JobPrep', 'Applications')),
        isReadOnly: some(flag)
    })))
});
const mount = schemas/* strictObject */.rej({
    azureBlobFileSystemConfiguration: some(blobMount.extend({ identityReference: some(identityReference) })),
    nfsMountConfiguration: some(nfsMount),
    cifsMountConfiguration: some(nfsMount.extend({ userName: pool_spec_parts_text, password: pool_spec_parts_text })),
    azureFileShareConfiguration: some(fileShareMount)
});
const upgradePolicy = schemas/* strictObject */.rej({
    mode: choice('automatic', 'manual', 'rolling'),
    automaticOSUpgradePolicy: some(schemas/* strictObject */.rej({
        disableAutomaticRollback: some(flag),
        enableAutomaticOSUpgrade: some(flag),
        useRollingUpgradePolicy: some(flag),
        osRollingUpgradeDeferral: some(flag)
    })),
    rollingUpgradePolicy: some(schemas/* strictObject */.rej({
        enableCrossZoneUpgrade: some(flag),
        maxBatchInstancePercent: some(whole(5, 100)),
        maxUnhealthyInstancePercent: some(whole(5, 100)),
        maxUnhealthyUpgradedInstancePercent: some(whole(0, 100)),
        pauseTimeBetweenBatches: some(pool_spec_parts_text),
        prioritizeUnhealthyInstances: some(flag),
        rollbackFailedInstancesOnPolicyBreach: some(flag)
    }))
});
const properties = schemas/* strictObject */.rej({
    ...commonProperties,
    deploymentConfiguration: some(schemas/* strictObject */.rej({ virtualMachineConfiguration: some(virtualMachineConfiguration) })),
    networkConfiguration: some(networkConfiguration),
    taskSlotsPerNode: some(whole(1, 256)),
    taskSchedulingPolicy: some(schemas/* strictObject */.rej({
        jobDefaultOrder: some(choice('None', 'CreationTime')),
        nodeFillType: choice('Spread', 'Pack')
    })),
    startTask: some(startTask.extend({
        resourceFiles: some(schemas/* array */.YOg(resourceFile.extend({ identityReference: some(identityReference) }))),
        containerSettings: some(containerSettings)
    })),
    mountConfiguration: some(schemas/* array */.YOg(mount)),
    upgradePolicy: some(upgradePolicy)
});
const poolSpecSchema = schemas/* strictObject */.rej({
    $schema: some(pool_spec_parts_text),
    name: poolName,
    properties,
    identity: some(schemas/* strictObject */.rej({
        type: choice('UserAssigned', 'None'),
        userAssignedIdentities: some(schemas/* record */.g1P(pool_spec_parts_text, schemas/* strictObject */.rej({})))
    }))
});

;// CONCATENATED MODULE: ./build/inputs/retired-pool-spec-schema.js


const retired_pool_spec_schema_registry = schemas/* strictObject */.rej({ registryServer: some(pool_spec_parts_text), username: pool_spec_parts_text, password: pool_spec_parts_text });
const retired_pool_spec_schema_virtualMachineConfiguration = schemas/* strictObject */.rej({
    imageReference: some(pool_spec_parts_image),
    nodeAgentSkuId: some(pool_spec_parts_text),
    windowsConfiguration: some(schemas/* strictObject */.rej({ enableAutomaticUpdates: some(flag) })),
    dataDisks: some(schemas/* array */.YOg(schemas/* strictObject */.rej({
        lun: whole(0, 63),
        caching: some(choice('None', 'ReadOnly', 'ReadWrite')),
        diskSizeGB: whole(1),
        storageAccountType: some(choice('Standard_LRS', 'Premium_LRS'))
    }))),
    licenseType: some(pool_spec_parts_text),
    containerConfiguration: some(schemas/* strictObject */.rej({
        type: choice('DockerCompatible'),
        containerImageNames: some(schemas/* array */.YOg(pool_spec_parts_text)),
        containerRegistries: some(schemas/* array */.YOg(retired_pool_spec_schema_registry))
    }))
});
const retired_pool_spec_schema_containerSettings = schemas/* strictObject */.rej({
    containerRunOptions: some(pool_spec_parts_text),
    imageName: pool_spec_parts_text,
    registry: some(retired_pool_spec_schema_registry),
    workingDirectory: some(workingDirectory)
});
const retired_pool_spec_schema_mount = schemas/* strictObject */.rej({
    azureBlobFileSystemConfiguration: some(blobMount),
    nfsMountConfiguration: some(nfsMount),
    cifsMountConfiguration: some(nfsMount.extend({ username: pool_spec_parts_text, password: pool_spec_parts_text })),
    azureFileShareConfiguration: some(fileShareMount)
});
const retired_pool_spec_schema_properties = schemas/* strictObject */.rej({
    ...commonProperties,
    deploymentConfiguration: some(schemas/* strictObject */.rej({ virtualMachineConfiguration: some(retired_pool_spec_schema_virtualMachineConfiguration) })),
    networkConfiguration: some(schemas/* strictObject */.rej({
        subnetId: some(pool_spec_parts_text),
        endpointConfiguration: some(endpointConfiguration),
        publicIPs: some(schemas/* array */.YOg(pool_spec_parts_text))
    })),
    maxTasksPerNode: some(whole(1, 256)),
    taskSchedulingPolicy: some(schemas/* strictObject */.rej({ nodeFillType: choice('Spread', 'Pack') })),
    startTask: some(startTask.extend({
        resourceFiles: some(schemas/* array */.YOg(resourceFile)),
        containerSettings: some(retired_pool_spec_schema_containerSettings)
    })),
    mountConfiguration: some(schemas/* array */.YOg(retired_pool_spec_schema_mount))
});
const retiredPoolSpecSchema = schemas/* strictObject */.rej({ $schema: some(pool_spec_parts_text), name: poolName, properties: retired_pool_spec_schema_properties });

;// CONCATENATED MODULE: ./build/inputs/unknown-property.js

const words = (text) => new Set(text.split(' '));
const READ_ONLY = {
    '': words('type etag systemData'),
    properties: words('lastModified creationTime provisioningState provisioningStateTransitionTime allocationState ' +
        'allocationStateTransitionTime currentDedicatedNodes currentLowPriorityNodes autoScaleRun resizeOperationStatus ' +
        'currentNodeCommunicationMode'),
    'identity.userAssignedIdentities.*': words('principalId clientId')
};
const VM = 'properties.deploymentConfiguration.virtualMachineConfiguration';
const BATCH_SERVICE_NAMES = {
    virtualMachineConfiguration: VM,
    targetDedicatedNodes: 'properties.scaleSettings.fixedScale.targetDedicatedNodes',
    targetLowPriorityNodes: 'properties.scaleSettings.fixedScale.targetLowPriorityNodes',
    resizeTimeout: 'properties.scaleSettings.fixedScale.resizeTimeout',
    enableAutoScale: 'properties.scaleSettings.autoScale',
    autoScaleFormula: 'properties.scaleSettings.autoScale.formula',
    autoScaleEvaluationInterval: 'properties.scaleSettings.autoScale.evaluationInterval',
    enableInterNodeCommunication: 'properties.interNodeCommunication',
    applicationPackageReferences: 'properties.applicationPackages'
};
const RENAMED = {
    nodeAgentSKUId: 'nodeAgentSkuId',
    virtualMachineImageId: 'id'
};
const FORMER_NAMES = {
    taskSlotsPerNode: 'maxTasksPerNode',
    managedDisk: 'storageAccountType',
    publicIPAddressConfiguration: 'publicIPs'
};
const PLACES = {
    '': {
        id: 'is set by Batch; leave it out, and give the pool’s name as "name"',
        apiVersion: 'is not a part of the pool; leave it out',
        location: 'is not taken; a pool lies where its Batch account does',
        tags: 'is not taken yet; leave it out',
        parameters: 'is the envelope of an example; the pool spec is what is in it'
    },
    properties: {
        ...gone('targetNodeCommunicationMode resourceTags certificates applicationLicenses', 'leave it out'),
        maxTasksPerNode: 'has another name since api-version 2020-09-01; use "taskSlotsPerNode"'
    },
    [`${VM}.dataDisks.*`]: gone('storageAccountType', 'use "managedDisk.storageAccountType"'),
    [`${VM}.imageReference`]: {
        ...Object.fromEntries([...words('publisher offer sku version')].map(name => [
            name,
            'names a marketplace image; this action rolls out custom images: give the id of a pinned gallery version, or leave ' +
                'imageReference out'
        ])),
        sharedGalleryImageId: 'is not supported; give the id of a pinned gallery version',
        communityGalleryImageId: 'is not supported; give the id of a pinned gallery version'
    }
};
function gone(names, wayOut) {
    return Object.fromEntries([...words(names)].map(name => [name, `is no property of a pool since api-version 2025-06-01; ${wayOut}`]));
}
function explainUnknownProperty(key, place) {
    const where = place.path.map(segment => (typeof segment === 'number' ? '*' : segment)).join('.');
    const generic = where.startsWith('identity.userAssignedIdentities.') ? 'identity.userAssignedIdentities.*' : where;
    if (READ_ONLY[generic]?.has(key))
        return 'is set by Batch; leave it out';
    if (place.retired && place.knownToLater) {
        const former = own(FORMER_NAMES, key);
        const wayOut = former !== undefined && place.known.includes(former) ? `use "${former}"` : 'leave it out';
        return `is not known to api-version 2019-08-01, the last that takes a managed image; ${wayOut}, or use a gallery image`;
    }
    const special = own(PLACES[generic] ?? {}, key);
    if (special !== undefined)
        return special;
    if (where === '') {
        const home = own(BATCH_SERVICE_NAMES, key);
        if (home !== undefined)
            return batchServiceForm(home);
        const meant = (0,shared_text/* nearest */.pA)(key, place.underProperties);
        if (meant !== undefined)
            return `belongs under properties; use "properties.${meant}"`;
    }
    const renamed = own(RENAMED, key);
    if (renamed !== undefined && place.known.includes(renamed))
        return batchServiceForm(renamed);
    return `is not a property of a pool${(0,shared_text/* didYouMean */.au)(key, place.known)}`;
}
const batchServiceForm = (home) => `is the form of the Batch service’s own API; a pool spec has Resource Manager’s: use "${home}"`;
const own = (table, key) => Object.hasOwn(table, key) ? table[key] : undefined;

;// CONCATENATED MODULE: ./build/inputs/pool-spec-shape.js





function shapeProblems(root, retired) {
    const result = (retired ? retiredPoolSpecSchema : poolSpecSchema).safeParse(root);
    return result.success ? [] : result.error.issues.flatMap(issue => explain(issue, root, retired));
}
function explain(issue, root, retired) {
    const path = issue.path.filter(segment => typeof segment !== 'symbol');
    const value = valueAt(root, path);
    if (issue.code === 'unrecognized_keys')
        return issue.keys.map(key => unknownProperty({ key, path, retired }));
    if (value === undefined)
        return [{ path, message: `is missing; ${expectationOf(issue)}` }];
    return [{ path, message: complaint(issue, value) }];
}
function complaint(issue, value) {
    switch (issue.code) {
        case 'invalid_type':
            return `is ${kindOf(value)}; ${expectationOf(issue)}${isBareScalar(issue, value) ? ': quote it' : ''}`;
        case 'invalid_value':
            return enumComplaint(issue.values.map(String), value);
        case 'too_small':
            return `${measureOf(value)} is too small; ${issue.minimum} at least`;
        case 'too_big':
            return `${measureOf(value)} is too much; ${issue.maximum} at most`;
        default:
            return typeof value === 'string' ? `"${value}" ${issue.message}` : issue.message;
    }
}
function enumComplaint(values, value) {
    if (typeof value !== 'string')
        return `is ${kindOf(value)}; one of ${values.join(', ')} is expected`;
    if (value === 'RetainedData') {
        return `"RetainedData" is not taken, as api-versions after 2025-06-01 refuse it; one of ${values.join(', ')}`;
    }
    return `"${value}" is none of ${values.join(', ')}${(0,shared_text/* didYouMean */.au)(value, values)}`;
}
const KINDS = {
    string: 'a string',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    object: 'an object',
    record: 'an object',
    array: 'a list'
};
function expectationOf(issue) {
    if (issue.code === 'invalid_value')
        return `one of ${issue.values.join(', ')} is expected`;
    return issue.code === 'invalid_type' ? `${KINDS[issue.expected] ?? issue.expected} is expected` : 'it is needed';
}
function kindOf(value) {
    if (value === null)
        return 'empty';
    if (Array.isArray(value))
        return 'a list';
    if (typeof value === 'number' && !Number.isInteger(value))
        return 'a fraction';
    return KINDS[typeof value] ?? typeof value;
}
function measureOf(value) {
    if (typeof value === 'string')
        return `a text of ${value.length} characters`;
    return Array.isArray(value) ? `a list of ${value.length}` : String(value);
}
function isBareScalar(issue, value) {
    return issue.code === 'invalid_type' && issue.expected === 'string' && ['number', 'boolean'].includes(typeof value);
}
function unknownProperty({ key, path, retired }) {
    const schema = retired ? retiredPoolSpecSchema : poolSpecSchema;
    const place = {
        path,
        retired,
        known: keysAt(schema, path),
        underProperties: keysAt(schema, ['properties']),
        knownToLater: keysAt(poolSpecSchema, path).includes(key)
    };
    return { path: [...path, key], message: explainUnknownProperty(key, place) };
}
function keysAt(schema, path) {
    let here = schema;
    for (const segment of path)
        here = below(bare(here), segment);
    const found = bare(here);
    return found instanceof schemas/* ZodObject */.bvH ? Object.keys(found.shape) : [];
}
const bare = (schema) => (schema instanceof schemas/* ZodOptional */.IiU ? schema.unwrap() : schema);
function below(schema, segment) {
    if (schema instanceof schemas/* ZodArray */.naA)
        return schema.element;
    if (schema instanceof schemas/* ZodRecord */.b8S)
        return schema.valueType;
    return schema instanceof schemas/* ZodObject */.bvH ? schema.shape[segment] : undefined;
}
function valueAt(root, path) {
    return path.reduce((value, segment) => typeof value === 'object' && value !== null ? value[segment] : undefined, root);
}

;// CONCATENATED MODULE: ./build/inputs/pool-spec-values.js

function valueProblems(value, env, path = []) {
    if (typeof value === 'string') {
        const messages = new Set([...textProblems(value), ...referenceProblems(value, env)]);
        return [...messages].map(message => ({ path, message }));
    }
    if (Array.isArray(value))
        return value.flatMap((item, index) => valueProblems(item, env, [...path, index]));
    if ((0,model_json/* isJsonObject */.OW)(value)) {
        return Object.entries(value).flatMap(([key, item]) => [
            ...textProblems(key).map(message => ({ path: [...path, key], message })),
            ...(key.includes('${env:') ? [{ path: [...path, key], message: '${env:…} can stand in values only' }] : []),
            ...valueProblems(item, env, [...path, key])
        ]);
    }
    const fits = value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
    return fits ? [] : [{ path, message: `${String(value)} is not a value of JSON` }];
}
function textProblems(text) {
    return text.includes('\ufffd') || !text.isWellFormed()
        ? ['has a character in it that is none (U+FFFD, or half of a pair); write the spec as UTF-8']
        : [];
}
function referenceProblems(text, env) {
    return [...text.matchAll(/\$\{env:([^}]*)(\}?)/g)].flatMap(([whole, name = '', end]) => {
        if (end === '' || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
            return [`"${whole}" is not a reference; \${env:NAME} with a name of letters, digits and underscores`];
        }
        if (/^(ACTIONS|GITHUB|RUNNER)_/i.test(name)) {
            return [`environment variable ${name} is the runner’s own, and never sent to Batch; use a variable of yours`];
        }
        const secret = env?.[name];
        if (env === undefined || (secret !== undefined && secret !== ''))
            return [];
        const state = secret === undefined ? 'is not set' : 'is empty';
        return [`environment variable ${name} ${state}; set it in the step’s env, from a secret`];
    });
}

;// CONCATENATED MODULE: ./build/inputs/pool-spec.js







const IMAGE_ID = ['properties', 'deploymentConfiguration', 'virtualMachineConfiguration', 'imageReference', 'id'];
function parsePoolSpec(text, context) {
    const document = readPoolSpecDocument(text);
    if ('problems' in document)
        return { problems: document.problems };
    const { root, lineOf } = document;
    const pinned = valueAt(root, IMAGE_ID);
    const retired = context.managedImage || (typeof pinned === 'string' && isManagedImageId(pinned));
    const image = readImage(pinned, context.allowRetired);
    const problems = [
        ...shapeProblems(root, retired),
        ...pool_spec_rules_ruleProblems(root),
        ...idProblems(root),
        ...valueProblems(root, context.secretsNeeded ? context.env : undefined),
        ...image.problems
    ];
    if (problems.length > 0)
        return { problems: inOrder(problems, lineOf) };
    return { spec: specOf(root, image.id), problems: [] };
}
function readImage(pinned, allowRetired) {
    if (typeof pinned !== 'string')
        return { problems: [] };
    try {
        return { id: parsePinnedImage(pinned, allowRetired), problems: [] };
    }
    catch (error) {
        return { problems: [{ path: IMAGE_ID, message: (0,shared_text/* messageOf */.bD)(error) }] };
    }
}
function specOf(root, pinnedImageId) {
    const { name, properties, identity } = root;
    return {
        name,
        body: identity === undefined ? { properties } : { properties, identity },
        ...(pinnedImageId === undefined ? {} : { pinnedImageId })
    };
}
function inOrder(problems, lineOf) {
    return problems
        .map(({ path, message }) => ({ path, message, line: lineOf(path) }))
        .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
        .map(({ path, message, line }) => `${nameOf(path)}${line === undefined ? '' : ` (line ${line})`}: ${message}`);
}
function nameOf(path) {
    return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

;// CONCATENATED MODULE: ./build/inputs/parse-rollout.js







function parseRollout(reader, files, publishTo) {
    const allowRetired = reader.take('allow-retired', parseBoolean);
    const refuseRetired = allowRetired === false;
    if (publishTo?.kind === 'managed' && refuseRetired) {
        reader.complain('publish-to', `"${publishTo.imageId}" is a managed image; ${RETIRED}`);
    }
    const takesImage = reader.command !== 'release';
    const imageId = takesImage
        ? reader.takeOptional('image-id', text => parsePinnedImage(text, !refuseRetired))
        : undefined;
    const source = poolSpecSource(reader, files);
    const managedImage = publishTo?.kind === 'managed' || (takesImage && isManagedImageId(reader.text('image-id').trim()));
    const pool = source && readPool(reader, source, { allowRetired: !refuseRetired, managedImage, files });
    return {
        batchAccountId: reader.take('batch-account', text => parseResourceId(text, 'Microsoft.Batch/batchAccounts')),
        poolName: pool?.name ?? '',
        pool: pool?.body ?? { properties: {} },
        ...(pool && source ? chooseImage(reader, { imageId, pool, source: source.input }) : {}),
        ...parseWaves(reader),
        allowRetired
    };
}
function parseWaves(reader) {
    const duration = (min, max) => (text) => parseDuration(text, min, max);
    return {
        imageChange: reader.take('image-change', text => parseChoice(text, ['auto', 'in-place', 'refuse'])),
        canaryNodes: reader.take('canary-nodes', text => parseCount(text, 0)),
        waveSize: reader.take('wave-size', parseWaveSize),
        ...defined({ resizeTimeoutMs: reader.takeOptional('resize-timeout', duration('5m', '5d')) }),
        nodeTimeoutMs: reader.take('node-timeout', duration('5m', '5d')),
        repairAttempts: reader.take('repair-attempts', text => parseCount(text, 0)),
        resizeAttempts: reader.take('resize-attempts', text => parseCount(text, 1)),
        maxUnhealthy: reader.take('max-unhealthy', parseMaxUnhealthy),
        drain: reader.take('drain', text => parseChoice(text, ['task-completion', 'requeue', 'terminate'])),
        drainTimeoutMs: reader.take('drain-timeout', duration('5m', '5d'))
    };
}
function poolSpecSource(reader, files) {
    const path = reader.text('pool-spec').trim();
    const inline = reader.text('pool-spec-inline');
    if (path !== '' && inline.trim() !== '') {
        reader.complain('pool-spec', 'is given together with pool-spec-inline; give one of them');
        return undefined;
    }
    if (inline.trim() !== '')
        return { input: 'pool-spec-inline', text: inline };
    if (path === '') {
        const needs = reader.command === undefined ? '' : `command "${reader.command}" needs it, or pool-spec-inline`;
        if (needs !== '')
            reader.complain('pool-spec', `is missing; ${needs}`);
        return undefined;
    }
    const text = reader.take('pool-spec', () => readFile(path, files));
    return typeof text === 'string' ? { input: 'pool-spec', text } : undefined;
}
function readFile(path, files) {
    if (/[\n*?[\]]/.test(path))
        throw new Error(`"${path}" is not the path of one file; globs and lists aren’t taken yet`);
    try {
        return files.readText(path);
    }
    catch (error) {
        throw new Error(`"${path}" could not be read: ${(0,shared_text/* messageOf */.bD)(error)}; the path is taken from the checkout’s root`);
    }
}
function readPool(reader, source, context) {
    const secretsNeeded = reader.text('dry-run').trim() !== 'true';
    const { spec, problems } = parsePoolSpec(source.text, { ...context, env: context.files.env, secretsNeeded });
    for (const problem of problems)
        reader.complain(source.input, problem);
    return spec;
}
function chooseImage(reader, { imageId, pool, source }) {
    const pinned = pool.pinnedImageId;
    if (reader.command === 'release' && pinned !== undefined) {
        reader.complain(source, `pins the image "${pinned}", and command "release" makes another; leave imageReference out, or roll the pinned one ` +
            'out with command "rollout"');
    }
    if (reader.command !== 'rollout')
        return {};
    if (!reader.isGiven('image-id') && pinned === undefined) {
        reader.complain('image-id', 'is missing; command "rollout" needs it, or a pool spec that pins an image');
    }
    if (imageId !== undefined && pinned !== undefined && !(0,arm_id/* sameId */.s)(imageId, pinned)) {
        reader.complain('image-id', `"${imageId}" is not the image "${pinned}" that ${source} pins; leave one of them out`);
    }
    if (imageId !== undefined)
        return { imageId, imageFrom: 'image-id' };
    return pinned === undefined ? {} : { imageId: pinned, imageFrom: source };
}

;// CONCATENATED MODULE: ./build/inputs/subscription-rules.js



function checkSubscriptions(reader, { subscriptionId, image, rollout }) {
    const vm = subscriptionIn(image?.sourceVmId);
    const account = subscriptionIn(rollout?.batchAccountId);
    const target = image &&
        subscriptionIn(image.publishTo.kind === 'managed' ? image.publishTo.imageId : image.publishTo.galleryImageId);
    const guard = (name, found, what) => {
        if (subscriptionId === undefined || agree(found, subscriptionId))
            return;
        reader.complain(name, `is in subscription ${found}, and ${what} there, but subscription-id is ${subscriptionId}; leave subscription-id out ` +
            'to work across subscriptions');
    };
    guard('source-vm', vm, 'its snapshots would be made');
    guard('publish-to', target, 'the image would be made');
    guard('batch-account', account, 'the pool would be made or changed');
    if (image?.publishTo.kind === 'managed' && !agree(target, vm)) {
        reader.complain('publish-to', `is in subscription ${target}; a managed image must be in that of source-vm, ${vm}`);
    }
    if (rollout !== undefined)
        checkPool(reader, { account, image, rollout });
}
function checkPool(reader, { account, image, rollout }) {
    const made = image?.publishTo.kind === 'managed' ? image.publishTo.imageId : undefined;
    const imageId = made ?? rollout.imageId;
    const found = imageId !== undefined && isManagedImageId(imageId) ? subscriptionIn(imageId) : undefined;
    if (!agree(found, account)) {
        const input = made !== undefined ? 'publish-to' : reader.isGiven('image-id') ? 'image-id' : poolSpecInput(reader);
        reader.complain(input, `the managed image is in subscription ${found}; a pool’s must be in that of batch-account, ${account}`);
    }
    const subnetId = valueAt(rollout.pool.properties, ['networkConfiguration', 'subnetId']);
    const subnet = typeof subnetId === 'string' ? subscriptionIn(subnetId) : undefined;
    if (!agree(subnet, account)) {
        reader.complain(poolSpecInput(reader), `properties.networkConfiguration.subnetId: is in subscription ${subnet}; a pool’s subnet must be in that of ` +
            `batch-account, ${account}`);
    }
}
const poolSpecInput = (reader) => reader.isGiven('pool-spec') ? 'pool-spec' : 'pool-spec-inline';
function subscriptionIn(id) {
    return id === undefined ? undefined : (0,arm_id/* splitArmId */.qF)(id)?.subscriptionId;
}
const agree = (a, b) => a === undefined || b === undefined || (0,arm_id/* sameId */.s)(a, b);

;// CONCATENATED MODULE: ./build/inputs/undeclared.js


const PREFIX = 'INPUT_';
const variableOf = (name) => `${PREFIX}${name.replaceAll(' ', '_').toUpperCase()}`;
function undeclaredInputs(env) {
    const declared = new Set(INPUT_NAMES.map(variableOf));
    return Object.keys(env)
        .filter(variable => variable.startsWith(PREFIX) && variable !== PREFIX && !declared.has(variable))
        .map(variable => {
        const input = variable.slice(PREFIX.length).toLowerCase();
        const meant = (0,shared_text/* nearest */.pA)(input.replaceAll('_', '-'), INPUT_NAMES);
        const wayOut = meant === undefined ? 'leave it out, under with as under env' : `did you mean "${meant}"?`;
        return { input, message: `is not an input of this action, and ${variable} is set; ${wayOut}` };
    });
}

;// CONCATENATED MODULE: ./build/inputs/parse-inputs.js









function parseInputs(read, files) {
    const reader = readInputs(read);
    const { command } = reader;
    for (const { input, message } of undeclaredInputs(files.env))
        reader.complain(input, message);
    const common = parseCommon(reader);
    const image = command === undefined || makesImage(command) ? parseImage(reader) : undefined;
    const rollout = command === undefined || rollsOut(command) ? parseRollout(reader, files, image?.publishTo) : undefined;
    checkSubscriptions(reader, { subscriptionId: common.signIn.subscriptionId, image, rollout });
    reader.throwIfAny();
    return { ...common, ...defined({ command, image, rollout }) };
}
function parseCommon(reader) {
    const tags = reader.command === 'rollout' ? undefined : reader.takeOptional('tags', parseTags);
    return {
        dryRun: reader.take('dry-run', parseBoolean),
        signIn: parseSignIn(reader),
        cloud: reader.take('cloud', parseCloud),
        deadlineMs: reader.take('deadline', text => parseDuration(text, '1m', '5d')),
        pollIntervalMs: reader.take('poll-interval', text => parseDuration(text, '1s', '10m')),
        tags: tags ?? {}
    };
}
function parseSignIn(reader) {
    const guards = defined({
        tenantId: reader.takeOptional('tenant-id', parseGuid),
        subscriptionId: reader.takeOptional('subscription-id', parseGuid)
    });
    if (!reader.isGiven('client-id')) {
        if (reader.isGiven('audience'))
            reader.complain('audience', 'is only used with client-id; give both or neither');
        return { kind: 'default', ...guards };
    }
    if (!reader.isGiven('tenant-id'))
        reader.complain('tenant-id', 'is missing; client-id needs it');
    return {
        kind: 'github-oidc',
        tenantId: '',
        clientId: reader.take('client-id', parseGuid),
        audience: reader.take('audience', parseAudience),
        ...guards
    };
}

;// CONCATENATED MODULE: ./build/model/secret-reference.js

const REFERENCE = /\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g;
function secretReferences(value) {
    const names = stringsOf(value).flatMap(text => [...text.matchAll(REFERENCE)].map(match => match[1] ?? ''));
    return [...new Set(names)];
}
function resolveSecrets(body, env) {
    return mapStrings(body, text => text.replaceAll(REFERENCE, (_, name) => {
        const secret = env[name];
        if (secret === undefined || secret === '')
            throw new Error(`environment variable ${name}: is not set or empty`);
        return secret;
    }));
}
function stringsOf(value) {
    if (typeof value === 'string')
        return [value];
    if (Array.isArray(value))
        return value.flatMap(stringsOf);
    return (0,model_json/* isJsonObject */.OW)(value) ? Object.values(value).flatMap(stringsOf) : [];
}
function mapStrings(value, change) {
    if (typeof value === 'string')
        return change(value);
    if (Array.isArray(value))
        return value.map(item => mapStrings(item, change) ?? null);
    if (!(0,model_json/* isJsonObject */.OW)(value))
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]));
}

// EXTERNAL MODULE: ./build/model/to-undo.js
var to_undo = __webpack_require__(27196);
// EXTERNAL MODULE: ./build/azure/errors.js
var errors = __webpack_require__(42721);
;// CONCATENATED MODULE: ./build/model/account-access.js
function allowsEntra({ allowedAuthenticationModes: modes }) {
    return modes === undefined || modes.includes('AAD');
}
function isRestricted({ network }) {
    return network.publicAccess.toLowerCase() !== 'enabled' || network.account !== undefined;
}
function explainsRefusal(account, status) {
    if (status === undefined)
        return isRestricted(account);
    return (status === 401 || status === 403) && (isRestricted(account) || !allowsEntra(account));
}

// EXTERNAL MODULE: ./build/plan/run-tags.js
var run_tags = __webpack_require__(49413);
;// CONCATENATED MODULE: ./build/plan/versions.js


function chooseVersion(question) {
    const { asked, key, versions, snapshots, context } = question;
    if (asked !== 'auto')
        return { version: asked, reason: 'image-version names it' };
    const left = versions
        .filter(version => version.tags[run_tags/* TAG */.Dk.state] !== 'failed' && isFresh(version, question))
        .toSorted((a, b) => compareVersions((0,arm_id/* nameOf */.Vb)(b.versionId), (0,arm_id/* nameOf */.Vb)(a.versionId)))[0];
    if (left !== undefined) {
        const did = left.tags[run_tags/* TAG */.Dk.state] === 'complete' ? 'has made it' : 'left it unfinished';
        return { version: (0,arm_id/* nameOf */.Vb)(left.versionId), reason: `${(0,run_tags/* originOf */.yv)(left.tags)} ${did}` };
    }
    const taken = new Set(versions.map(version => (0,arm_id/* nameOf */.Vb)(version.versionId)));
    const begun = snapshots
        .filter(snapshot => isUsable(snapshot, { key, context, at: question.at }))
        .flatMap(snapshot => {
        const version = snapshot.tags[run_tags/* TAG */.Dk.version];
        return version === undefined || taken.has(version) ? [] : [{ version, origin: (0,run_tags/* originOf */.yv)(snapshot.tags) }];
    })
        .toSorted((a, b) => compareVersions(b.version, a.version))[0];
    if (begun !== undefined)
        return { version: begun.version, reason: `${begun.origin} had begun its snapshots` };
    const next = nextOfTheDay(question.at, [...taken, ...snapshots.flatMap(({ tags }) => tags[run_tags/* TAG */.Dk.version] ?? [])]);
    return { version: next, reason: 'the next of the day (UTC)' };
}
const FRESH_MS = 24 * 3_600_000;
function isUsable({ tags, timeCreated }, { key, context, at }) {
    return isFresh({ tags, publishedAt: timeCreated }, { key, context, at });
}
function isFresh({ tags, publishedAt }, { key, context, at }) {
    if (!(0,run_tags/* mayTakeUp */.CY)(tags, key, context))
        return false;
    return (0,run_tags/* isOfRun */.NG)(tags, context) || publishedAt === undefined || at - Date.parse(publishedAt) < FRESH_MS;
}
const LARGEST_PART = 2 ** 31 - 1;
function nextOfTheDay(at, taken) {
    const date = new Date(at);
    const day = `${date.getUTCFullYear()}.${(date.getUTCMonth() + 1) * 100 + date.getUTCDate()}.`;
    const numbers = taken
        .filter(version => version.startsWith(day))
        .map(version => Number(version.slice(day.length)))
        .filter(number => number < LARGEST_PART);
    return `${day}${Math.max(0, ...numbers) + 1}`;
}
function compareVersions(a, b) {
    const [left, right] = [a, b].map(version => version.split('.').map(Number));
    for (const [index, part] of left.entries()) {
        const difference = part - (right[index] ?? 0);
        if (difference !== 0)
            return difference;
    }
    return 0;
}

// EXTERNAL MODULE: ./build/model/named-by-pool.js
var named_by_pool = __webpack_require__(86328);
;// CONCATENATED MODULE: ./build/observe/observe-named.js


function regionsPart({ named }, { publishTo }) {
    if (publishTo.kind !== 'gallery' || publishTo.targetRegions.length === 0)
        return [];
    return [named.listRegions((0,arm_id/* subscriptionOf */.XD)(publishTo.galleryImageId)).then(regions => ({ regions }))];
}
function groupsPart({ named }, { sourceVmId, publishTo, workResourceGroup }) {
    const asked = [
        ...(workResourceGroup === undefined
            ? []
            : [
                { input: 'work-resource-group', name: workResourceGroup, subscriptionId: (0,arm_id/* subscriptionOf */.XD)(sourceVmId) }
            ]),
        ...(publishTo.kind === 'gallery'
            ? []
            : [
                {
                    input: 'publish-to',
                    name: (0,arm_id/* resourceGroupOf */.Tp)(publishTo.imageId),
                    subscriptionId: (0,arm_id/* subscriptionOf */.XD)(publishTo.imageId)
                }
            ])
    ];
    if (asked.length === 0)
        return [];
    const looks = observe_named_each(asked, async ({ input, name, subscriptionId }) => ({
        input,
        name,
        looked: await named.getResourceGroup(subscriptionId, name)
    }));
    return [looks.then(groups => ({ groups }))];
}
function namedPart({ named }, { pool }) {
    const { subnetId, identityIds, packages, publicIPIds, encryptionSetIds } = (0,named_by_pool/* namedByPool */.h)(pool);
    const others = [identityIds, packages, publicIPIds, encryptionSetIds];
    if (subnetId === undefined && others.every(list => list.length === 0))
        return [];
    const looks = Promise.all([
        subnetId === undefined ? undefined : named.getVirtualNetwork((0,arm_id/* parentId */.A1)(subnetId)),
        observe_named_each(identityIds, async (id) => ({ id, looked: await named.getIdentity(id) })),
        observe_named_each(packages, async (reference) => ({ ...reference, looked: await named.getPackage(reference) })),
        observe_named_each(publicIPIds, async (id) => ({ id, looked: await named.getPublicIP(id) })),
        observe_named_each(encryptionSetIds, async (id) => ({ id, looked: await named.getEncryptionSet(id) }))
    ]);
    return [
        looks.then(([network, identities, packages, publicIPs, encryptionSets]) => ({
            named: { ...(network && { network }), identities, packages, publicIPs, encryptionSets }
        }))
    ];
}
const observe_named_each = (items, look) => Promise.all(items.map(look));

;// CONCATENATED MODULE: ./build/observe/observe.js






async function observe(azure, spec, at) {
    const parts = await Promise.all([
        ...(spec.image === undefined ? [] : imageParts(azure, spec.image)),
        ...(spec.image === undefined ? [] : [...regionsPart(azure, spec.image), ...groupsPart(azure, spec.image)]),
        ...(spec.rollout === undefined
            ? []
            : [rolloutPart(azure, spec.rollout, managedImageOf(spec)), ...namedPart(azure, spec.rollout)]),
        ...(spec.command === 'rollout' ? [givenImagePart(azure, spec.rollout.imageId)] : [])
    ]);
    const nothing = {
        at,
        snapshots: [],
        versions: [],
        nodes: [],
        otherPools: [],
        supportedImages: [],
        vmSizes: []
    };
    return Object.assign(nothing, ...parts.map(observe_defined));
}
function observe_defined(part) {
    return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
}
function imageParts(azure, image) {
    const { sourceVmId, publishTo, workResourceGroup } = image;
    const group = workResourceGroup ?? (0,arm_id/* resourceGroupOf */.Tp)(sourceVmId);
    return [
        azure.compute.getSource(sourceVmId).then(source => ({ source })),
        azure.compute.listSnapshots((0,arm_id/* subscriptionOf */.XD)(sourceVmId), group).then(snapshots => ({ snapshots })),
        publishTo.kind === 'gallery'
            ? galleryPart(azure, image, publishTo)
            : azure.compute.getManagedImage(publishTo.imageId).then(managedImage => ({ managedImage }))
    ];
}
async function galleryPart({ gallery }, image, { galleryImageId, version }) {
    const [found, { galleryImage, versions }] = await Promise.all([
        gallery.getGallery((0,arm_id/* parentId */.A1)(galleryImageId)),
        definitionPart(gallery, galleryImageId)
    ]);
    const there = found === undefined ? { exists: false } : { exists: true, ...found };
    const key = (0,run_tags/* imageKey */.p2)(image);
    const mayBeMeant = (one) => one.tags[run_tags/* TAG */.Dk.key] === key && (version === 'auto' || (0,arm_id/* nameOf */.Vb)(one.versionId) === version);
    const meant = versions
        .filter(mayBeMeant)
        .toSorted((a, b) => compareVersions((0,arm_id/* nameOf */.Vb)(b.versionId), (0,arm_id/* nameOf */.Vb)(a.versionId)))[0];
    const looked = meant !== undefined && mayHaveFailedRegion(meant) ? await withReplication(gallery, meant) : meant;
    return { gallery: there, galleryImage, versions: versions.map(one => (one === meant ? looked : one)) };
}
async function definitionPart(gallery, id) {
    const [found, listed] = await Promise.all([gallery.getGalleryImage(id), gallery.listVersions(id)]);
    const galleryImage = found ?? (listed.length > 0 ? await gallery.getGalleryImage(id) : undefined);
    const versions = listed.length === 0 && found !== undefined ? await gallery.listVersions(id) : listed;
    return { ...(galleryImage && { galleryImage }), versions };
}
async function withReplication(gallery, version) {
    return (await gallery.getVersion(version.versionId, { replication: true })) ?? version;
}
function mayHaveFailedRegion({ provisioningState, targetRegions }) {
    return provisioningState === 'Failed' || targetRegions.length > 1;
}
async function givenImagePart(azure, imageId) {
    if ((0,arm_id/* isArmIdOf */.p_)(imageId, 'Microsoft.Compute/images')) {
        return { managedImage: await azure.compute.getManagedImage(imageId) };
    }
    const [rolloutVersion, rolloutDefinition] = await Promise.all([
        azure.gallery.getVersion(imageId, { replication: true }),
        azure.gallery.getGalleryImage((0,arm_id/* parentId */.A1)(imageId))
    ]);
    return { rolloutVersion, rolloutDefinition };
}
function managedImageOf(spec) {
    if (spec.image !== undefined)
        return spec.image.publishTo.kind === 'managed';
    return (0,arm_id/* isArmIdOf */.p_)(spec.rollout.imageId, 'Microsoft.Compute/images');
}
async function rolloutPart(azure, rollout, managed) {
    const { batchAccountId, poolName } = rollout;
    const poolId = (0,arm_id/* childId */._U)(batchAccountId, 'pools', poolName);
    const account = await azure.batch.getAccount(batchAccountId);
    if (account === undefined)
        return {};
    const found = azure.batch.getPool(poolId, managed ? '2019-08-01' : '2025-06-01');
    const [pools, pool, vmSizes, fromService] = await Promise.all([
        azure.batch.listPools(batchAccountId),
        found,
        azure.batch.listVmSizes((0,arm_id/* subscriptionOf */.XD)(batchAccountId), account.location),
        servicePart(azure.batchService(account.accountEndpoint), account, { rollout, found })
    ]);
    const otherPools = pools.filter(other => !(0,arm_id/* sameId */.s)(other.poolId, poolId));
    return { account, pool, otherPools, vmSizes, ...fromService };
}
async function servicePart(service, account, { rollout, found }) {
    const { poolName, imageChange } = rollout;
    const [images, pool] = await Promise.all([unlessRefused(account, service.listSupportedImages()), found]);
    if ('serviceRefused' in images)
        return images;
    const there = pool !== undefined;
    const [nodes, activeWork] = await Promise.all([
        there && pool.currentDedicatedNodes + pool.currentLowPriorityNodes > 0 ? service.listNodes(poolName) : [],
        there && imageChange === 'auto' ? service.activeWork(poolName) : undefined
    ]);
    return { ...images, nodes, activeWork };
}
async function unlessRefused(account, read) {
    try {
        return { supportedImages: await read };
    }
    catch (error) {
        if (!(error instanceof errors/* AzureError */.M) || !explainsRefusal(account, error.status))
            throw error;
        return { serviceRefused: error.message };
    }
}

// EXTERNAL MODULE: ./build/plan/lease.js
var plan_lease = __webpack_require__(35984);
// EXTERNAL MODULE: ./build/plan/pool-metadata.js
var pool_metadata = __webpack_require__(58070);
;// CONCATENATED MODULE: ./build/execute/merged-version.js



const merged_version_READ_ONLY = ['id', 'name', 'type', 'etag', 'systemData'];
function mergedVersion(body, change) {
    const { excludeFromLatest } = change;
    const kept = Object.fromEntries(Object.entries(body).filter(([name]) => !merged_version_READ_ONLY.includes(name)));
    const { provisioningState: _state, replicationStatus: _status, ...properties } = (0,model_json/* objectOf */.Xy)(body.properties);
    const { publishedDate: _date, ...publishing } = (0,model_json/* objectOf */.Xy)(properties.publishingProfile);
    const { tags, safety } = changedSafety({ tags: { ...(0,model_json/* objectOf */.Xy)(body.tags), ...change.tags }, safety: writableSafety((0,model_json/* objectOf */.Xy)(properties.safetyProfile)) }, change);
    return {
        ...kept,
        tags,
        properties: {
            ...properties,
            ...(properties.storageProfile === undefined
                ? {}
                : { storageProfile: writableDisks((0,model_json/* objectOf */.Xy)(properties.storageProfile)) }),
            ...(Object.keys(safety).length === 0 ? {} : { safetyProfile: safety }),
            publishingProfile: {
                ...publishing,
                targetRegions: mergedRegions(publishing.targetRegions, change),
                ...(excludeFromLatest === undefined ? {} : { excludeFromLatest })
            }
        }
    };
}
function mergedRegions(there, { regions = [], takeOff = [] }) {
    const present = (Array.isArray(there) ? there : []).map(row => ({
        row,
        region: (0,model_region/* regionName */.g)(String((0,model_json/* objectOf */.Xy)(row).name))
    }));
    const kept = present.filter(({ region }) => !takeOff.includes(region));
    const missing = regions.filter(({ region }) => !kept.some(one => one.region === region));
    return [
        ...kept.map(({ row, region }) => {
            const asked = regions.find(one => one.region === region);
            return asked === undefined ? row : { ...(0,model_json/* objectOf */.Xy)(row), regionalReplicaCount: asked.replicas };
        }),
        ...missing.map(({ region, replicas }) => ({ name: region, regionalReplicaCount: replicas }))
    ];
}
function changedSafety({ tags, safety }, { mayLoseRegions }) {
    const { [run_tags/* TAG */.Dk.unprotected]: wasProtected, ...others } = tags;
    if (mayLoseRegions === true) {
        const isAllowed = safety.allowDeletionOfReplicatedLocations === true;
        return {
            tags: isAllowed ? tags : { ...tags, [run_tags/* TAG */.Dk.unprotected]: 'true' },
            safety: { ...safety, allowDeletionOfReplicatedLocations: true }
        };
    }
    return wasProtected === undefined
        ? { tags, safety }
        : { tags: others, safety: { ...safety, allowDeletionOfReplicatedLocations: false } };
}
function writableSafety({ reportedForPolicyViolation: _a, policyViolations: _b, ...safety }) {
    return safety;
}
function writableDisks({ osDiskImage, dataDiskImages, ...profile }) {
    const writable = ({ sizeInGB: _size, ...disk }) => disk;
    return {
        ...profile,
        ...(osDiskImage === undefined ? {} : { osDiskImage: writable((0,model_json/* objectOf */.Xy)(osDiskImage)) }),
        ...(Array.isArray(dataDiskImages) ? { dataDiskImages: dataDiskImages.map(disk => writable((0,model_json/* objectOf */.Xy)(disk))) } : {})
    };
}

;// CONCATENATED MODULE: ./build/execute/mark-failed.js



async function markFailed({ azure, say, warn, plan, seen }) {
    const step = plan.steps.filter(changesVersion).find(({ tags }) => tags[run_tags/* TAG */.Dk.state] !== undefined);
    if (seen.isImageBlamed !== true || step === undefined)
        return;
    const tags = { [run_tags/* TAG */.Dk.state]: 'failed' };
    try {
        const version = await azure.gallery.getVersion(step.versionId);
        if (version?.provisioningState !== 'Succeeded')
            return;
        if (wasProved(version, plan.image?.decision === 'create'))
            return;
        await azure.gallery.putVersion(step.versionId, mergedVersion(version.body, { tags }));
        seen.isTaggedFailed = true;
        say(step.id, 'marked as failed: a new run makes another version');
    }
    catch (error) {
        warn(step.id, {
            message: `image version ${(0,arm_id/* nameOf */.Vb)(step.versionId)} could not be marked as failed: ${error instanceof Error ? error.message : String(error)}`,
            wayOut: `with image-version: auto the next run takes it up, unless its tag ${run_tags/* TAG */.Dk.state} says "failed"`
        });
    }
}
function wasProved({ tags, excludeFromLatest }, isOwn) {
    return tags[run_tags/* TAG */.Dk.state] === 'complete' || (!excludeFromLatest && !isOwn);
}
const changesVersion = (step) => step.kind === 'finish-image-version' || step.kind === 'change-image-regions';

// EXTERNAL MODULE: ./build/shared/time-limit.js
var time_limit = __webpack_require__(13141);
;// CONCATENATED MODULE: ./build/azure/write-again.js

const LOOKS = 5;
async function writeAgain(first, { write, lookAgain }) {
    let seen = first;
    for (let looks = 1;; looks += 1) {
        try {
            return await write(seen);
        }
        catch (error) {
            if (!(error instanceof errors/* AzureError */.M) || error.status !== 412 || looks === LOOKS)
                throw error;
            const again = await lookAgain(seen);
            if (again.done)
                return again.seen;
            seen = again.seen;
        }
    }
}

;// CONCATENATED MODULE: ./build/model/shape.js

const shape_text = { type: 'text' };
const secretive = { type: 'text', isSecret: true };
const caseless = { type: 'caseless' };
const count = { type: 'number' };
const shape_flag = { type: 'flag' };
const json = { type: 'json' };
const shape_hidden = { type: 'hidden' };
const shape_choice = (...values) => ({ type: 'choice', values });
const or = (leaf, value) => ({ ...leaf, default: value });
const object = (of, more = {}) => ({
    type: 'object',
    of,
    ...more
});
const list = (of, more = {}) => ({ type: 'list', of, ...more });
const by = (...names) => (item) => {
    const values = names.map(name => ((0,model_json/* isJsonObject */.OW)(item) ? item[name] : undefined));
    return values[0] === undefined ? undefined : values.filter(value => value !== undefined).join(' ');
};
const oneOf = (...groups) => (written) => {
    const chosen = groups.find(names => names.some(name => written[name] !== undefined));
    return chosen === undefined ? [] : groups.filter(names => names !== chosen).flat();
};

;// CONCATENATED MODULE: ./build/model/vm-contract.js


const vm_contract_identityReference = object({ resourceId: caseless });
const vm_contract_encryptionSet = object({ id: caseless });
const vm_contract_caching = shape_choice('None', 'ReadOnly', 'ReadWrite');
const storageAccountType = shape_choice('Standard_LRS', 'Premium_LRS', 'StandardSSD_LRS');
const vm_contract_managedDisk = object({
    storageAccountType,
    securityProfile: object({
        securityEncryptionType: shape_choice('NonPersistedTPM', 'VMGuestStateOnly', 'DiskWithVMGuestState'),
        diskEncryptionSet: vm_contract_encryptionSet
    }),
    diskEncryptionSet: vm_contract_encryptionSet
});
const vm_contract_registry = object({
    username: secretive,
    password: shape_hidden,
    registryServer: or(caseless, 'docker.io'),
    identityReference: vm_contract_identityReference
}, {
    drops: oneOf(['username', 'password'], ['identityReference']),
    needs: ({ username, identityReference: identity }) => ({
        names: username !== undefined && identity === undefined ? ['password'] : [],
        must: true
    })
});
const vm_contract_vmExtension = object({
    name: shape_text,
    publisher: caseless,
    type: caseless,
    typeHandlerVersion: shape_text,
    autoUpgradeMinorVersion: shape_flag,
    enableAutomaticUpgrade: shape_flag,
    settings: json,
    protectedSettings: shape_hidden,
    provisionAfterExtensions: list(shape_text)
}, { needs: (_, isCarried) => ({ names: ['protectedSettings'], must: isCarried }) });
const vm_contract_hostEndpoint = object({ mode: shape_choice('Audit', 'Enforce'), inVMAccessControlProfileReferenceId: caseless });
const vm_contract_virtualMachineConfiguration = object({
    imageReference: object({ id: caseless }, {
        drops: oneOf(['id'], ['publisher', 'offer', 'sku', 'version', 'exactVersion'], ['sharedGalleryImageId'], ['communityGalleryImageId'])
    }),
    nodeAgentSkuId: caseless,
    windowsConfiguration: object({ enableAutomaticUpdates: or(shape_flag, true) }),
    dataDisks: list(object({ lun: count, caching: or(vm_contract_caching, 'None'), diskSizeGB: count, managedDisk: vm_contract_managedDisk, storageAccountType }), { key: by('lun') }),
    licenseType: caseless,
    containerConfiguration: object({
        type: shape_choice('DockerCompatible', 'CriCompatible'),
        containerImageNames: list(shape_text),
        containerRegistries: list(vm_contract_registry, { key: serverOf })
    }),
    diskEncryptionConfiguration: object({
        targets: list(shape_choice('OsDisk', 'TemporaryDisk')),
        customerManagedKey: object({ keyUrl: caseless, rotationToLatestKeyVersionEnabled: shape_flag, identityReference: vm_contract_identityReference })
    }),
    nodePlacementConfiguration: object({ policy: or(shape_choice('Regional', 'Zonal'), 'Regional') }),
    extensions: list(vm_contract_vmExtension, { key: by('name') }),
    osDisk: object({
        ephemeralOSDiskSettings: object({ placement: shape_choice('CacheDisk') }),
        caching: vm_contract_caching,
        managedDisk: vm_contract_managedDisk,
        diskSizeGB: count,
        writeAcceleratorEnabled: shape_flag
    }),
    securityProfile: object({
        securityType: shape_choice('trustedLaunch', 'confidentialVM'),
        encryptionAtHost: shape_flag,
        uefiSettings: object({ secureBootEnabled: shape_flag, vTpmEnabled: shape_flag }),
        proxyAgentSettings: object({ enabled: shape_flag, imds: vm_contract_hostEndpoint, wireServer: vm_contract_hostEndpoint })
    }),
    serviceArtifactReference: object({ id: caseless })
});
function serverOf(item) {
    const server = (0,model_json/* isJsonObject */.OW)(item) ? item.registryServer : undefined;
    return typeof server === 'string' && server !== '' ? server.toLowerCase() : 'docker.io';
}

;// CONCATENATED MODULE: ./build/model/pool-contract.js



const elevationLevel = or(shape_choice('NonAdmin', 'Admin'), 'NonAdmin');
const pool_contract_inboundNatPool = object({
    name: shape_text,
    protocol: shape_choice('TCP', 'UDP'),
    backendPort: count,
    frontendPortRangeStart: count,
    frontendPortRangeEnd: count,
    networkSecurityGroupRules: list(object({
        priority: count,
        access: shape_choice('Allow', 'Deny'),
        sourceAddressPrefix: caseless,
        sourcePortRanges: list(shape_text, { default: ['*'] })
    }), { key: by('priority') })
});
const pool_contract_networkConfiguration = object({
    subnetId: caseless,
    dynamicVnetAssignmentScope: or(shape_choice('none', 'job'), 'none'),
    endpointConfiguration: object({ inboundNatPools: list(pool_contract_inboundNatPool, { key: by('name') }) }),
    publicIPAddressConfiguration: object({
        provision: or(shape_choice('BatchManaged', 'UserManaged', 'NoPublicIPAddresses'), 'BatchManaged'),
        ipAddressIds: list(caseless),
        ipFamilies: list(shape_choice('IPv4', 'IPv6'), { default: ['IPv4'] }),
        ipTags: list(object({ ipTagType: caseless, tag: caseless }))
    }, { drops: ({ provision }) => (provision === undefined || provision === 'UserManaged' ? [] : ['ipAddressIds']) }),
    enableAcceleratedNetworking: shape_flag,
    publicIPs: list(caseless)
});
const pool_contract_userAccount = object({
    name: shape_text,
    password: shape_hidden,
    elevationLevel,
    linuxUserConfiguration: object({ uid: count, gid: count, sshPrivateKey: shape_hidden }, { needs: () => ({ names: ['sshPrivateKey'], must: false }) }),
    windowsUserConfiguration: object({ loginMode: or(shape_choice('Batch', 'Interactive'), 'Interactive') })
});
const pool_contract_startTask = object({
    commandLine: secretive,
    resourceFiles: list(object({
        autoStorageContainerName: shape_text,
        storageContainerUrl: secretive,
        httpUrl: secretive,
        blobPrefix: shape_text,
        filePath: shape_text,
        fileMode: or(shape_text, '0770'),
        identityReference: vm_contract_identityReference
    })),
    environmentSettings: list(object({ name: shape_text, value: secretive }), { key: by('name') }),
    userIdentity: object({ userName: secretive, autoUser: object({ scope: or(shape_choice('Task', 'Pool'), 'Pool'), elevationLevel }) }, { drops: oneOf(['userName'], ['autoUser']) }),
    maxTaskRetryCount: or(count, 0),
    waitForSuccess: or(shape_flag, true),
    containerSettings: object({
        containerRunOptions: secretive,
        imageName: shape_text,
        registry: vm_contract_registry,
        workingDirectory: or(shape_choice('TaskWorkingDirectory', 'ContainerImageDefault'), 'TaskWorkingDirectory'),
        containerHostBatchBindMounts: list(object({ source: shape_choice('Shared', 'Startup', 'VfsMounts', 'Task', 'JobPrep', 'Applications'), isReadOnly: shape_flag }), { key: by('source'), isEmptySaid: true })
    })
});
const pool_contract_nfsMount = { source: secretive, relativeMountPath: shape_text, mountOptions: secretive };
const MOUNTS = {
    azureBlobFileSystemConfiguration: object({
        accountName: shape_text,
        containerName: shape_text,
        accountKey: shape_hidden,
        sasKey: shape_hidden,
        blobfuseOptions: secretive,
        relativeMountPath: shape_text,
        identityReference: vm_contract_identityReference
    }, {
        drops: oneOf(['accountKey'], ['sasKey'], ['identityReference']),
        needs: ({ accountKey, sasKey, identityReference: identity }) => ({
            names: (accountKey ?? sasKey ?? identity) === undefined ? ['accountKey'] : [],
            must: true
        })
    }),
    nfsMountConfiguration: object(pool_contract_nfsMount),
    cifsMountConfiguration: object({ ...pool_contract_nfsMount, username: secretive, userName: secretive, password: shape_hidden }),
    azureFileShareConfiguration: object({
        accountName: shape_text,
        azureFileUrl: secretive,
        accountKey: shape_hidden,
        relativeMountPath: shape_text,
        mountOptions: secretive
    })
};
function mountPathOf(item) {
    const kinds = (0,model_json/* isJsonObject */.OW)(item) ? Object.values(item).filter(model_json/* isJsonObject */.OW) : [];
    return kinds.map(by('relativeMountPath')).find(path => path !== undefined);
}
const POOL_PROPERTIES = object({
    displayName: shape_text,
    vmSize: caseless,
    deploymentConfiguration: object({ virtualMachineConfiguration: vm_contract_virtualMachineConfiguration }),
    interNodeCommunication: or(shape_choice('Enabled', 'Disabled'), 'Disabled'),
    networkConfiguration: pool_contract_networkConfiguration,
    taskSlotsPerNode: or(count, 1),
    maxTasksPerNode: or(count, 1),
    taskSchedulingPolicy: object({
        jobDefaultOrder: or(shape_choice('None', 'CreationTime'), 'None'),
        nodeFillType: or(shape_choice('Spread', 'Pack'), 'Spread')
    }),
    userAccounts: list(pool_contract_userAccount, { key: by('name') }),
    startTask: pool_contract_startTask,
    applicationPackages: list(object({ id: caseless, version: shape_text }), { key: by('id', 'version') }),
    mountConfiguration: list(object(MOUNTS, { drops: oneOf(...Object.keys(MOUNTS).map(name => [name])) }), {
        key: mountPathOf
    }),
    upgradePolicy: object({
        mode: shape_choice('automatic', 'manual', 'rolling'),
        automaticOSUpgradePolicy: object({
            disableAutomaticRollback: shape_flag,
            enableAutomaticOSUpgrade: shape_flag,
            useRollingUpgradePolicy: shape_flag,
            osRollingUpgradeDeferral: shape_flag
        }),
        rollingUpgradePolicy: object({
            enableCrossZoneUpgrade: shape_flag,
            maxBatchInstancePercent: count,
            maxUnhealthyInstancePercent: count,
            maxUnhealthyUpgradedInstancePercent: count,
            pauseTimeBetweenBatches: { type: 'duration', default: 'PT0S' },
            prioritizeUnhealthyInstances: shape_flag,
            rollbackFailedInstancesOnPolicyBreach: shape_flag
        })
    })
});
const POOL_METADATA = list(object({ name: shape_text, value: secretive }), { key: by('name') });
const SCALE_TIME = { type: 'duration', default: 'PT15M' };
const SCALE_SETTINGS = object({
    fixedScale: object({
        targetDedicatedNodes: or(count, 0),
        targetLowPriorityNodes: or(count, 0),
        resizeTimeout: SCALE_TIME,
        nodeDeallocationOption: shape_hidden
    }),
    autoScale: object({ formula: shape_text, evaluationInterval: SCALE_TIME })
});

;// CONCATENATED MODULE: ./build/plan/same-value.js


function sameValue(leaf, present, wanted) {
    if (leaf.type === 'hidden')
        return true;
    if (leaf.type === 'json')
        return sameJson(present, wanted);
    const [a, b] = [said(leaf, present), said(leaf, wanted)];
    if (typeof a !== 'string' || typeof b !== 'string')
        return a === b;
    if (leaf.type === 'duration' && sameDuration(a, b))
        return true;
    const isCaseless = leaf.type === 'caseless' || leaf.type === 'choice';
    return isCaseless ? couldBe(a.toLowerCase(), b.toLowerCase()) : couldBe(a, b);
}
function said(leaf, value) {
    if (value !== undefined && value !== null && value !== '')
        return value;
    return leaf.default ?? (leaf.type === 'flag' ? false : undefined);
}
function sameDuration(a, b) {
    const [first = NaN, second = NaN] = [(0,iso8601/* parseIso8601Ms */.g)(a), (0,iso8601/* parseIso8601Ms */.g)(b)];
    return Math.round(first) === Math.round(second);
}
function couldBe(present, wanted) {
    if (present === wanted)
        return true;
    const parts = wanted.split(/\$\{env:[^}]+\}/i);
    const literal = (part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return parts.length > 1 && new RegExp(`^${parts.map(literal).join('.+')}$`, 's').test(present);
}
function sameJson(present, wanted) {
    if (isEmpty(present) && isEmpty(wanted))
        return true;
    if (typeof present === 'string' && typeof wanted === 'string')
        return couldBe(present, wanted);
    if (Array.isArray(present) && Array.isArray(wanted)) {
        return present.length === wanted.length && wanted.every((item, index) => sameJson(present[index], item));
    }
    if ((0,model_json/* isJsonObject */.OW)(present) && (0,model_json/* isJsonObject */.OW)(wanted)) {
        return [...new Set([...Object.keys(present), ...Object.keys(wanted)])].every(name => sameJson(present[name], wanted[name]));
    }
    return present === wanted;
}
function isEmpty(value) {
    if (Array.isArray(value))
        return value.length === 0;
    return (0,model_json/* isJsonObject */.OW)(value) ? Object.keys(value).length === 0 : value === undefined || value === null || value === '';
}

;// CONCATENATED MODULE: ./build/plan/body-difference.js


const UNKNOWN = { type: 'json' };
function bodyDifferences({ shape, path }, { present, wanted }) {
    if (wanted === undefined || wanted === null || shape.type === 'hidden')
        return [];
    if (shape.type === 'object' && (0,model_json/* isJsonObject */.OW)(wanted)) {
        const there = (0,model_json/* isJsonObject */.OW)(present) ? present : {};
        return Object.entries(wanted).flatMap(([name, value]) => bodyDifferences({ shape: shape.of[name] ?? UNKNOWN, path: path === '' ? name : `${path}.${name}` }, { present: there[name], wanted: value }));
    }
    if (shape.type === 'list' && Array.isArray(wanted))
        return listDifferences({ shape, path }, present, wanted);
    if (shape.type === 'object' || shape.type === 'list')
        return [{ path, present: NOT_SHOWN, wanted }];
    return sameValue(shape, present, wanted) ? [] : [{ path, present: shown(shape, present), wanted }];
}
function listDifferences({ shape, path }, present, wanted) {
    const there = Array.isArray(present) ? present : [...(shape.default ?? [])];
    if (shape.isEmptySaid === true && wanted.length === 0 && !Array.isArray(present))
        return [{ path, present: undefined, wanted: [] }];
    const asked = wanted.length === 0 ? [...(shape.default ?? [])] : wanted;
    return pairs({ shape, path }, { present: there, wanted: asked }).flatMap(pair => {
        const at = `${path}[${pair.key}]`;
        if (pair.wanted === undefined)
            return [{ path: at, present: NOT_SHOWN, wanted: undefined }];
        const rows = bodyDifferences({ shape: shape.of, path: at }, pair);
        return rows.length === 0 && pair.present === undefined
            ? [{ path: at, present: undefined, wanted: pair.wanted }]
            : rows;
    });
}
function pairs({ shape, path }, { present, wanted }) {
    const left = [...present];
    const take = (index) => (index < 0 ? undefined : left.splice(index, 1)[0]);
    const isKeyed = isUnique(present.map(keyOf(shape))) && isUnique(wanted.map(keyOf(shape)));
    const isSame = (there, item) => bodyDifferences({ shape: shape.of, path }, { present: there, wanted: item }).length === 0;
    const [key, mayBe] = [keyOf(shape), mayBeKeyed(shape)];
    const exact = wanted.map(item => take(left.findIndex(one => (isKeyed ? key(one) === key(item) : isSame(one, item)))));
    const there = wanted.map((item, index) => exact[index] ?? (isKeyed ? take(left.findIndex(one => mayBe(one, item))) : undefined));
    const found = wanted.map((item, index) => ({
        key: isKeyed ? label(shape, item) : String(index),
        present: there[index],
        wanted: item,
        isSame: there[index] !== undefined
    }));
    const filled = isKeyed ? found : found.map(pair => (pair.isSame ? pair : { ...pair, present: take(0) }));
    const gone = left.map((item, index) => ({
        key: isKeyed ? label(shape, item) : String(wanted.length + index),
        present: item,
        wanted: undefined,
        isSame: false
    }));
    return [...filled, ...gone];
}
const keyOf = ({ key }) => (item) => key?.(item)?.toLowerCase();
const mayBeKeyed = (shape) => (there, wanted) => couldBe(keyOf(shape)(there) ?? '', keyOf(shape)(wanted) ?? '');
const label = ({ key }, item) => key?.(item) ?? '';
function isUnique(keys) {
    return keys.every(key => key !== undefined) && new Set(keys).size === keys.length;
}
const NOT_SHOWN = '(a value that is not shown)';
function shown(leaf, present) {
    const isSecret = leaf.type === 'json' || (leaf.type === 'text' && leaf.isSecret === true);
    return present !== undefined && present !== null && isSecret ? NOT_SHOWN : present;
}

;// CONCATENATED MODULE: ./build/plan/body-merge.js


function mergedValue(shape, { present, wanted }) {
    if (wanted === undefined || wanted === null)
        return asSent(shape, present);
    if (shape.type === 'object' && (0,model_json/* isJsonObject */.OW)(wanted) && (0,model_json/* isJsonObject */.OW)(present)) {
        return mergedObject(shape, present, wanted);
    }
    if (shape.type !== 'list' || !Array.isArray(wanted) || !Array.isArray(present))
        return wanted;
    return pairs({ shape, path: '' }, { present, wanted }).flatMap(pair => pair.wanted === undefined ? [] : [(pair.isSame ? mergedValue(shape.of, pair) : pair.wanted) ?? null]);
}
function mergedObject(shape, present, wanted) {
    const names = [...new Set([...carriedNames(shape, present, wanted), ...Object.keys(wanted)])];
    return Object.fromEntries(names.map(name => [name, mergedValue(shape.of[name] ?? UNKNOWN, { present: present[name], wanted: wanted[name] })]));
}
function carriedNames({ drops }, present, wanted) {
    const dropped = new Set(drops?.(wanted) ?? []);
    return Object.keys(present).filter(name => present[name] !== undefined && present[name] !== null && !dropped.has(name));
}
function asSent(shape, value) {
    if (shape.type === 'choice') {
        return shape.values.find(one => typeof value === 'string' && one.toLowerCase() === value.toLowerCase()) ?? value;
    }
    if (shape.type === 'list' && Array.isArray(value))
        return value.map(item => asSent(shape.of, item) ?? null);
    if (shape.type !== 'object' || !(0,model_json/* isJsonObject */.OW)(value))
        return value;
    const there = Object.entries(value).filter(([, part]) => part !== null);
    return Object.fromEntries(there.map(([name, part]) => [name, asSent(shape.of[name] ?? UNKNOWN, part)]));
}
function carriedPaths({ shape, path }, { present, wanted }) {
    if (shape.type !== 'object' || !(0,model_json/* isJsonObject */.OW)(present) || !(0,model_json/* isJsonObject */.OW)(wanted))
        return [];
    return carriedNames(shape, present, wanted).flatMap(name => wanted[name] === undefined
        ? saysSomething(shape.of[name] ?? UNKNOWN, present[name])
            ? [`${path}.${name}`]
            : []
        : carriedPaths({ shape: shape.of[name] ?? UNKNOWN, path: `${path}.${name}` }, { present: present[name], wanted: wanted[name] }));
}
const saysSomething = (shape, value) => bodyDifferences({ shape, path: '' }, { present: undefined, wanted: value }).length > 0;
function missingSecrets({ shape, path }, { present, wanted }) {
    if (shape.type === 'list')
        return ofItems({ shape, path }, { present, wanted });
    if (shape.type !== 'object' || !(0,model_json/* isJsonObject */.OW)(present))
        return [];
    const written = (0,model_json/* isJsonObject */.OW)(wanted) ? wanted : {};
    const names = carriedNames(shape, present, written);
    const whole = { ...Object.fromEntries(names.map(name => [name, present[name]])), ...written };
    const needs = shape.needs?.(whole, wanted === undefined);
    const own = (needs?.names ?? []).filter(name => written[name] === undefined);
    return [
        ...own.map(name => ({ path: `${path}.${name}`, must: needs?.must ?? true })),
        ...names.flatMap(name => missingSecrets({ shape: shape.of[name] ?? UNKNOWN, path: `${path}.${name}` }, { present: present[name], wanted: written[name] }))
    ];
}
function ofItems({ shape, path }, { present, wanted }) {
    if (!Array.isArray(present))
        return [];
    const there = Array.isArray(wanted) ? pairs({ shape, path }, { present, wanted }) : carried(shape, present);
    return there
        .filter(pair => pair.isSame)
        .flatMap(pair => missingSecrets({ shape: shape.of, path: `${path}[${pair.key}]` }, pair));
}
function carried(shape, present) {
    return present.map((item, index) => ({
        key: shape.key?.(item) ?? String(index),
        present: item,
        wanted: undefined,
        isSame: true
    }));
}

;// CONCATENATED MODULE: ./build/plan/pool-body.js




const APART = new Set(['scaleSettings', 'metadata']);
function written({ properties }, pool) {
    const there = (0,model_json/* isJsonObject */.OW)(pool.body.properties) ? pool.body.properties : {};
    return Object.entries((0,model_json/* isJsonObject */.OW)(properties) ? properties : {})
        .filter(([name]) => !APART.has(name))
        .map(([name, wanted]) => {
        const shape = POOL_PROPERTIES.of[name] ?? UNKNOWN;
        return { name, path: name, shape, present: there[name], wanted };
    });
}
function writtenDifferences(body, pool) {
    return [...written(body, pool).flatMap(one => bodyDifferences(one, one)), ...identityDifferences(body, pool)];
}
function mergedBody(body, pool) {
    const merged = written(body, pool).map(one => [one.name, mergedValue(one.shape, one)]);
    const properties = { ...((0,model_json/* isJsonObject */.OW)(body.properties) ? body.properties : {}), ...Object.fromEntries(merged) };
    const { identity } = body;
    return { ...body, ...((0,model_json/* isJsonObject */.OW)(identity) ? { identity: mergedIdentity(identity, pool) } : {}), properties };
}
function pool_body_carried(body, pool) {
    return written(body, pool).flatMap(one => carriedPaths(one, one));
}
function missingSecretsOf(body, pool) {
    return written(body, pool)
        .filter(one => one.wanted !== undefined)
        .flatMap(one => missingSecrets(one, one));
}
function identityDifferences({ identity }, pool) {
    if (!(0,model_json/* isJsonObject */.OW)(identity))
        return [];
    const [wanted, present] = [idsOf(identity), presentIds(pool)];
    const type = presentIdentity(pool).type ?? 'None';
    const isSame = same(String(type), String(identity.type)) && wanted.every(id => present.some(one => same(one, id)));
    return isSame ? [] : [{ path: 'identity', present: [type, ...present], wanted: [identity.type ?? null, ...wanted] }];
}
function surplusIdentities({ identity }, pool) {
    if (!(0,model_json/* isJsonObject */.OW)(identity) || identity.type !== 'UserAssigned')
        return [];
    return presentIds(pool).filter(id => !idsOf(identity).some(one => same(one, id)));
}
function mergedIdentity(identity, pool) {
    const ids = [...idsOf(identity), ...surplusIdentities({ identity }, pool)];
    return ids.length === 0
        ? identity
        : { ...identity, userAssignedIdentities: Object.fromEntries(ids.map(id => [id, {}])) };
}
const presentIdentity = ({ body }) => ((0,model_json/* isJsonObject */.OW)(body.identity) ? body.identity : {});
const presentIds = (pool) => idsOf(presentIdentity(pool));
const same = (a, b) => a.toLowerCase() === b.toLowerCase();
function idsOf({ userAssignedIdentities: ids }) {
    return (0,model_json/* isJsonObject */.OW)(ids) ? Object.keys(ids).toSorted() : [];
}

;// CONCATENATED MODULE: ./build/plan/pool-standing.js





function isAsFound(pool, { scale, imageId }) {
    return (0,arm_id/* sameId */.s)(pool.imageId ?? '', imageId ?? '') && sameScale(pool.scale, scale);
}
function sameScale(a, b) {
    if (a.kind === 'auto' || b.kind === 'auto')
        return a.kind === 'auto' && b.kind === 'auto' && a.formula === b.formula;
    return a.targetDedicatedNodes === b.targetDedicatedNodes && a.targetLowPriorityNodes === b.targetLowPriorityNodes;
}
function isAtZero({ scale }) {
    return scale.kind === 'fixed' && scale.targetDedicatedNodes + scale.targetLowPriorityNodes === 0;
}
function isAsAsked(pool, sent) {
    const asked = (0,model_json/* isJsonObject */.OW)(sent.properties) ? sent.properties : {};
    const there = (0,model_json/* isJsonObject */.OW)(pool.body.properties) ? pool.body.properties : {};
    const isSo = (name, shape) => bodyDifferences({ shape, path: name }, { present: there[name], wanted: asked[name] }).length === 0;
    if (asked.metadata === undefined || !isSo('metadata', POOL_METADATA))
        return false;
    return isSo('scaleSettings', SCALE_SETTINGS) && writtenDifferences(sent, pool).length === 0;
}

;// CONCATENATED MODULE: ./build/execute/pool-body.js







function poolBody(run, pool, { change, until }) {
    refuseLosingSecrets(change.body, pool);
    const body = mergedBody(resolveSecrets(change.body, run.env), pool);
    const isTouched = until !== undefined || (0,plan_lease/* leaseOf */.m8)(pool.metadata) !== undefined || change.metadata !== undefined;
    return isTouched ? withMetadata(body, (0,plan_lease/* withLease */.pS)(metadataNow(run, pool, change), run.context, until)) : body;
}
function newPoolBody(run, body, until) {
    const { properties } = body;
    const metadata = (0,model_json/* isJsonObject */.OW)(properties) ? properties.metadata : undefined;
    return resolveSecrets(withMetadata(body, (0,plan_lease/* withLease */.pS)(metadata ?? [], run.context, until)), run.env);
}
function metadataNow(run, { metadata }, change) {
    const { set, remove } = change.metadata ?? { set: [], remove: [] };
    const items = resolveSecrets({ set }, run.env).set;
    const undone = run.seen.unmade === undefined ? [] : [(0,pool_metadata/* unmadeItem */.w$)(run.seen.unmade.rows)];
    return (0,pool_metadata/* changedMetadata */.Gt)(metadata, { set: [...items, ...undone], remove });
}
function withMetadata(body, metadata) {
    return { ...body, properties: { ...((0,model_json/* isJsonObject */.OW)(body.properties) ? body.properties : {}), metadata } };
}
function refuseLosingSecrets(body, pool) {
    const missing = missingSecretsOf(body, pool).filter(({ must }) => must);
    if (missing.length === 0)
        return;
    throw new model_failure/* RunError */.e4('pool-changed', `pool ${(0,arm_id/* nameOf */.Vb)(pool.poolId)} has since got ${missing.map(({ path }) => path).join(', ')}, which no answer shows`, 'write it into the pool spec, then run again');
}

;// CONCATENATED MODULE: ./build/model/azure-codes.js
const ERRORS = 'Resource Manager, common deployment errors';
const BATCH = 'Batch status and error codes';
const GALLERY = 'azure-compute-gallery (limits)';
const SNAPSHOTS = 'disks-incremental-snapshots (restrictions)';
const AZURE_CODES = [
    {
        codes: ['RequestDisallowedByPolicy'],
        reason: 'policy-denied',
        repetition: 'after-change',
        means: 'an Azure Policy refuses what would be made or changed',
        wayOut: 'make it as {policy|the policy that the message names} wants it: tags that it asks for go into "tags", another resource group for the snapshots into "work-resource-group"; or ask those who run the policy for an exemption',
        source: 'Azure Policy, effect deny; body in Azure/karpenter-provider-azure#794 and SupportArticles-docs#1600'
    },
    {
        codes: ['*'],
        says: /incremental snapshots?\b.{0,160}\b(5|five) min|\b(7|seven) incremental snapshots/i,
        reason: 'step',
        repetition: 'helps',
        means: 'more than 7 incremental snapshots of one disk within 5 minutes',
        wayOut: 'run again in 5 minutes: a disk takes 7 incremental snapshots in that time, whoever makes them',
        source: `${SNAPSHOTS}; the text is a guess`
    },
    {
        codes: ['*'],
        says: /\b500\b.{0,160}\bincremental snapshots?\b|\bincremental snapshots?\b.{0,160}\b500\b|maximum number of (incremental )?snapshots/i,
        reason: 'azure-quota-reached',
        repetition: 'after-change',
        means: 'the disk has its 500 incremental snapshots',
        wayOut: 'delete incremental snapshots of the source disk that nobody needs any more (az snapshot list): a disk takes 500, whoever made them',
        source: `${SNAPSHOTS}; the text is a guess`
    },
    {
        codes: ['*'],
        says: /\b(galler(y|ies)|image (versions?|definitions?)|replicas?)\b.{0,160}\b(quota|limit|maximum)\b.{0,80}\b(reached|exceed)|\bexceed\w*\b.{0,80}\b(quota|limit|maximum)\b.{0,80}\b(galler(y|ies)|image (versions?|definitions?)|replicas?)\b/i,
        reason: 'azure-quota-reached',
        repetition: 'after-change',
        means: 'the subscription has no more room for galleries, definitions, versions or replicas',
        wayOut: 'delete versions, definitions or galleries that nobody needs any more, or ask for fewer replicas: a subscription takes 100 galleries, 1,000 definitions and 10,000 versions in a region, a version 100 replicas in each',
        source: `${GALLERY}; the text is a guess`
    },
    {
        codes: ['GallerySourceResourceExceedsMaxSize'],
        reason: 'step',
        repetition: 'after-change',
        means: 'a source disk is larger than a gallery image takes: 2,048 GiB, by the message',
        wayOut: 'leave the disk out ("data-disks"), shrink it, or make the version with "replication-mode: Shallow"',
        source: 'troubleshooting-shared-images (azure-docs#113012)'
    },
    {
        codes: [
            'QuotaExceeded',
            'ResourceQuotaExceeded',
            'ResourceCountExceedsLimitDueToTemplate',
            'SubscriptionQuotaExceeded'
        ],
        reason: 'azure-quota-reached',
        repetition: 'after-change',
        means: 'a quota of the subscription is used up',
        wayOut: 'delete what nobody needs any more of what the message counts, or ask for more quota of the subscription in that region (Azure portal, Quotas)',
        source: `${ERRORS}; recorded for Batch accounts (azure-sdk-for-node, 2020)`
    },
    {
        codes: ['OperationNotAllowed', 'Conflict', 'BadRequest', 'Forbidden'],
        says: /exceed\w* (approved|the (maximum )?(quota|limit)|quota limits?)|\bquota\b.{0,60}\b(reached|exceeded|used up)/i,
        reason: 'azure-quota-reached',
        repetition: 'after-change',
        means: 'a quota of the subscription is used up',
        wayOut: 'delete what nobody needs any more of what the message counts, or ask for more quota of the subscription in that region (Azure portal, Quotas)',
        source: 'recorded: OperationNotAllowed for cores (azure-libraries-for-java, azure-sdk-for-net)'
    },
    {
        codes: ['PoolQuotaReached', 'AccountPoolQuotaReached'],
        reason: 'quota-reached',
        repetition: 'after-change',
        means: 'the Batch account has as many pools as it may',
        wayOut: 'delete a pool of the account that nobody needs any more, or ask for more pool quota of the Batch account',
        source: BATCH
    },
    {
        codes: ['TooManyRequests', 'SubscriptionRequestsThrottled', 'ResourceRequestsThrottled'],
        reason: 'throttled',
        repetition: 'helps',
        means: 'Azure is asked too often',
        wayOut: 'run again later with the same inputs, which takes up what stands; see what else calls Azure so often',
        source: 'recorded 429 answers; Compute’s in aks-engine#2295'
    },
    {
        codes: ['RetryableError', 'RetryableErrorDueToAnotherOperation', 'ServerBusy', 'OperationTimedOut'],
        reason: 'azure-unreachable',
        repetition: 'helps',
        means: 'Azure is too busy',
        wayOut: 'run again later with the same inputs, which takes up what stands',
        source: 'recorded 429 answers; Compute’s in aks-engine#2295'
    },
    {
        codes: ['LinkedAuthorizationFailed', 'InvalidAuthenticationTokenTenant'],
        says: /current tenant .* is not authorized to access linked subscription|wrong issuer|must match the tenant/i,
        reason: 'step',
        repetition: 'after-change',
        means: 'something that the run names is in another tenant than the one that it signs in to; no role helps',
        wayOut: 'use source, gallery, image and Batch account of one tenant, that of "tenant-id": Azure takes no image across tenants here. An image of another tenant must be copied into a gallery of this one first',
        source: 'azure-docs#68563, azure-cli#30976; media-services-v3-dotnet#51'
    },
    {
        codes: ['SubscriptionNotFound', 'InvalidSubscriptionId', 'InvalidSubscription'],
        reason: 'step',
        repetition: 'after-change',
        means: 'there is no such subscription for the identity that signs in',
        wayOut: 'check the subscription in the ids: it is of another cloud or tenant than "cloud" and "tenant-id" say, or the identity has no role in it',
        source: ERRORS
    },
    {
        codes: ['ReadOnlyDisabledSubscription', 'SubscriptionDisabled', 'DisabledSubscription'],
        reason: 'step',
        repetition: 'after-change',
        means: 'the subscription is disabled, and nothing in it can be changed',
        wayOut: 'have the subscription reactivated by its owner or billing administrator (Azure portal, Subscriptions)',
        source: `${ERRORS}; subscription-disabled`
    },
    {
        codes: ['AccountIsDisabled'],
        reason: 'step',
        repetition: 'after-change',
        means: 'the Batch account is disabled',
        wayOut: 'have the Batch account’s subscription reactivated, or ask Azure’s support why the account is disabled',
        source: BATCH
    },
    {
        codes: [
            'AuthorizationFailed',
            'LinkedAuthorizationFailed',
            'AuthorizationFailure',
            'AuthorizationPermissionMismatch',
            'PermissionDenied',
            'InsufficientAccountPermissions'
        ],
        reason: 'permission-denied',
        repetition: 'after-change',
        means: 'a role is missing, on the thing itself or on something linked to it',
        wayOut: 'give the identity that signs in {role|a role that allows this call} on this scope; a new role assignment takes up to 10 minutes to count',
        source: `${ERRORS}; recorded (azure-sdk-for-net, 2018 and 2019)`
    },
    {
        codes: ['MissingSubscriptionRegistration', 'SubscriptionNotRegistered', 'NoRegisteredProviderFound'],
        reason: 'step',
        repetition: 'after-change',
        means: 'a resource provider isn’t registered in the subscription',
        wayOut: 'register it once, as somebody who may: az provider register --namespace {namespace|of the resource type}, in the subscription of what was to be made',
        source: 'error-register-resource-provider'
    },
    {
        codes: ['ScopeLocked'],
        reason: 'step',
        repetition: 'after-change',
        means: 'a lock forbids the change or deletion',
        wayOut: 'ask who holds the lock on {lock|the scope that the message names} to take it off (az lock list), then run again',
        source: 'lock-resources; batch-pool-node-error-checking'
    },
    {
        codes: ['ResourceGroupBeingDeleted'],
        reason: 'step',
        repetition: 'after-change',
        means: 'somebody deletes the resource group',
        wayOut: 'find out who deletes the resource group; make it again when it is gone, or name another ("work-resource-group")',
        source: ERRORS
    },
    {
        codes: ['ResourceGroupNotFound'],
        reason: 'step',
        repetition: 'after-change',
        means: 'the resource group isn’t there',
        wayOut: 'create the resource group, or correct its name in the inputs ("work-resource-group", or in the ids)',
        source: 'recorded often'
    },
    {
        codes: ['AccountNotFound'],
        reason: 'step',
        repetition: 'after-change',
        means: 'the Batch account isn’t there, or no longer',
        wayOut: 'check "batch-account", and find out who deletes the account',
        source: 'recorded'
    },
    {
        codes: ['ResourceNotFound', 'ParentResourceNotFound', 'NotFound', 'GalleryImageNotFound', 'ImageNotFound'],
        reason: 'step',
        repetition: 'after-change',
        means: 'something that the call needs isn’t there: on a PUT its source',
        wayOut: 'find out who deletes {target|what the message names}, or correct its id, then run again',
        source: 'recorded: a snapshot of a missing disk, an image of a missing snapshot'
    },
    {
        codes: ['PropertyChangeNotAllowed'],
        reason: 'step',
        repetition: 'after-change',
        means: 'something that exists has a property that can’t be changed',
        wayOut: 'make it under another name (of a version: "image-version"), or delete the one that is there: {property|the property that the message names} can’t be changed',
        source: 'recorded (azure-libraries-for-java); for versions packer#9716'
    },
    {
        codes: ['PropertyCannotBeUpdated'],
        reason: 'step',
        repetition: 'after-change',
        means: 'a property of the pool can’t be changed, or not while it has nodes',
        wayOut: 'take {property|the property that the message names} out of the change, or make another pool with it (another name)',
        source: 'Azure/Batch#85'
    },
    {
        codes: ['InvalidApplicationPackageReferences', 'ApplicationNotFound'],
        reason: 'step',
        repetition: 'after-change',
        means: 'an application package isn’t there, isn’t active, or has no default version',
        wayOut: 'upload and activate the package in the Batch account, name a version, or set a default version: applicationPackages in the pool spec',
        source: `${BATCH}; recorded (azure-xplat-cli)`
    },
    {
        codes: ['SkuNotAvailable', 'NotAvailableForSubscription'],
        reason: 'step',
        repetition: 'after-change',
        means: 'the region, or the subscription in it, doesn’t have the size or kind of storage',
        wayOut: 'choose another vmSize or region (az vm list-skus --location), or ask Azure’s support to open the size for the subscription',
        source: 'error-sku-not-available'
    },
    {
        codes: ['MarketplacePurchaseEligibilityFailed', 'ResourcePurchaseValidationFailed', 'VMMarketplaceInvalidInput'],
        reason: 'step',
        repetition: 'after-change',
        means: 'the terms of a marketplace image weren’t accepted, or its plan is missing',
        wayOut: 'accept the terms once (az vm image terms accept), and give the image definition the plan of its base image',
        source: 'recorded (azure-sdk-for-net, 2019); azure-docs#84662'
    },
    {
        codes: [
            'InvalidParameter',
            'InvalidPropertyValue',
            'InvalidRequestBody',
            'InvalidRequestContent',
            'InvalidInput',
            'LinkedInvalidPropertyId',
            'MissingRequiredProperty',
            'UnsupportedProperty',
            'OutOfRangeInput',
            'MetadataTooLarge',
            'InvalidMetadata',
            'EmptyMetadataKey',
            'InvalidAutoScalingSettings',
            'AutoScalingFormulaSyntaxError',
            'AutoScalingFormulaTooLong',
            'NodeAgentSKUNotFound',
            'LocationNotAvailableForResourceType'
        ],
        reason: 'step',
        repetition: 'after-change',
        means: 'Azure doesn’t take a value that it was sent',
        wayOut: 'correct {property|what the message names} in the inputs or the pool spec',
        source: `${BATCH}; recorded`
    },
    {
        codes: ['Conflict', 'OperationNotAllowed', 'BadRequest'],
        says: /\bis in (a )?failed state\b/i,
        reason: 'step',
        repetition: 'after-change',
        means: 'something that the call needs is in a failed state',
        wayOut: 'make what the message names again: it is in a failed state',
        source: 'recorded (azure-service-operator: a disk access)'
    },
    {
        codes: ['*'],
        says: /\b(is|are|being) (currently )?replicat(ed|ing)\b|replication .{0,80}\bin progress\b/i,
        reason: 'step',
        repetition: 'helps',
        means: 'the image is being replicated',
        wayOut: 'run again when the replication has ended (az sig image-version show --expand ReplicationStatus)',
        source: 'image-version (update of a version); the text is a guess'
    },
    {
        codes: [
            'AnotherOperationInProgress',
            'OperationPreempted',
            'ResourceBeingUpdated',
            'ReferencedResourceNotProvisioned'
        ],
        reason: 'step',
        repetition: 'helps',
        means: 'another operation is at work on the same thing',
        wayOut: 'run again when it has ended, and see what else works on it (activity log)',
        source: ERRORS
    },
    {
        codes: ['Conflict', 'OperationNotAllowed'],
        says: /another operation|in progress|\bis being (updated|created|deleted|modified)|transition/i,
        reason: 'step',
        repetition: 'helps',
        means: 'another operation is at work on the same thing',
        wayOut: 'run again when it has ended, and see what else works on it (activity log)',
        source: ERRORS
    },
    {
        codes: ['ConditionNotMet', 'PreconditionFailed'],
        reason: 'step',
        repetition: 'helps',
        means: 'somebody else has changed it just then',
        wayOut: 'see in the activity log who changed it, and run again once that is done',
        source: `${BATCH}; recorded`
    },
    {
        codes: ['PoolBeingDeleted', 'PoolBeingCreated', 'PoolBeingResized', 'OperationInvalidForCurrentState'],
        reason: 'step',
        repetition: 'helps',
        means: 'the pool is just then changed by somebody else',
        wayOut: 'see in the activity log who works on the pool, and run again once that is done',
        source: `${BATCH}; recorded`
    },
    {
        codes: ['AllocationFailed', 'ZonalAllocationFailed'],
        reason: 'step',
        repetition: 'helps',
        means: 'the region has no room for the VM size now',
        wayOut: 'run again when the region has room, or change the VM’s size',
        source: ERRORS
    },
    {
        codes: ['OverconstrainedAllocationRequest', 'OverconstrainedZonalAllocationRequest'],
        reason: 'step',
        repetition: 'after-change',
        means: 'the region can’t meet all that is asked of the VM at once',
        wayOut: 'ask for less of the VM (size, zone, proximity group, kind of disk)',
        source: ERRORS
    },
    {
        codes: ['ReplicationJobFailed'],
        reason: 'step',
        repetition: 'helps',
        means: 'the gallery could not copy a version to one or more of its regions',
        wayOut: 'run again with the same inputs: what is there is taken up, and the copy is tried again; if it fails again, ask for another region, or see Azure’s status page',
        source: 'Azure/azure-cli#15539 (the message, which advises to try again); the code is a guess'
    },
    {
        codes: [
            'InternalError',
            'InternalServerError',
            'InternalOperationError',
            'InternalExecutionError',
            'InternalDiskManagementError',
            'MultipleErrorsOccurred',
            'ServerTimeout',
            'GatewayTimeout',
            'ServiceUnavailable',
            'Canceled'
        ],
        reason: 'step',
        repetition: 'helps',
        means: 'something went wrong in Azure itself, or the operation was cut off',
        wayOut: 'run again with the same inputs, which takes up what stands; if it comes back, see Azure’s status page',
        source: `${ERRORS}; recorded`
    }
];

;// CONCATENATED MODULE: ./build/model/azure-meaning.js

function meaningOf(error) {
    const text = textOf(error);
    const codes = [
        ...error.details
            .map(({ code }) => code)
            .filter(isCode)
            .toReversed(),
        error.code
    ];
    const row = rowOf(codes, text);
    if (row === undefined)
        return undefined;
    return {
        reason: row.reason === 'step' ? undefined : row.reason,
        repetition: row.repetition,
        wayOut: filled(row.wayOut, valuesOf(error, text))
    };
}
function unknownWayOut({ code, operation }) {
    return `this action doesn’t know "${code}" of ${operation}: see what its message minds; with the request’s id, Azure’s support can say more`;
}
const FACTS = new Set(['', 'reason', 'propertyname', 'propertyvalue', 'propertypath']);
const isCode = (code) => !FACTS.has(code.toLowerCase());
function rowOf(codes, text) {
    const has = (row, code) => row.codes.some(one => one === '*' || one.toLowerCase() === code.toLowerCase()) && (row.says?.test(text) ?? true);
    for (const code of codes) {
        const found = AZURE_CODES.find(row => has(row, code));
        if (found !== undefined)
            return found;
    }
    return undefined;
}
const LONGEST = 20_000;
const textOf = ({ message, details }) => [message, ...details.map(detail => detail.message)].join('\n').slice(0, LONGEST).replaceAll(/\s+/g, ' ');
function valuesOf(error, text) {
    const detail = (code) => error.details.find(one => one.code === code)?.message;
    return {
        policy: policyOf(detail('policy assignment'), detail('policy definition')),
        property: quoted(detail('PropertyPath') ?? detail('PropertyName') ?? error.about),
        target: quoted(error.about),
        namespace: /namespace '([\w.]+)'/i.exec(text)?.[1],
        lock: quoted(/scope\(s\) are locked: '([^']+)'/i.exec(text)?.[1]),
        role: roleOf(error, text)
    };
}
function policyOf(assignment, definition) {
    if (assignment === undefined)
        return definition && `the policy "${definition}"`;
    return `the policy assignment "${assignment}"${definition === undefined ? '' : ` of "${definition}"`}`;
}
const quoted = (text) => (text === undefined ? undefined : `"${text}"`);
function roleOf({ operation }, text) {
    const action = missingActionOf(text) ?? SERVICE_ACTIONS.find(([calls]) => calls.test(operation))?.[1];
    if (action === undefined)
        return undefined;
    return /\/(jobs|jobSchedules)\/\w+$/i.test(action)
        ? `a role with the data action "${action}", which Owner and Contributor lack and "Azure Batch Data Contributor" has,`
        : `a role with the action "${action}"`;
}
const SERVICE_ACTIONS = [
    [/^(Job|Task)_/, 'Microsoft.Batch/batchAccounts/jobs/read'],
    [/^JobSchedule_/, 'Microsoft.Batch/batchAccounts/jobSchedules/read'],
    [/^(ComputeNode|Account_List|File)/, 'Microsoft.Batch/batchAccounts/read']
];
function missingActionOf(text) {
    const lacking = /does not have permission.*/is.exec(text)?.[0] ?? text;
    return /actions?(?:\(s\))? ['"]([A-Za-z0-9.]+(?:\/[A-Za-z0-9*]+)+)['"]/i.exec(lacking)?.[1];
}
function filled(wayOut, values) {
    return wayOut.replace(/\{(\w+)\|([^}]*)\}/g, (_, name, words) => values[name] ?? words);
}

;// CONCATENATED MODULE: ./build/execute/refused.js



function refused(error, { reason, wayOut, message }) {
    if (!(error instanceof errors/* AzureError */.M) || !isRefusal(error))
        return error;
    const meaning = meaningOf(error);
    if (meaning === undefined ? error.status === 403 : meaning.reason !== undefined)
        return error;
    const said = message?.(error) ?? error.message;
    if (meaning === undefined)
        return new model_failure/* RunError */.e4(reason, said, unknownWayOut(error), error).thatRepeats('unknown');
    const { repetition } = meaning;
    const helps = repetition === 'helps' ? (wayOut ?? meaning.wayOut) : meaning.wayOut;
    return new model_failure/* RunError */.e4(reason, said, helps, error).thatRepeats(repetition);
}
async function orRefused(work, own) {
    try {
        return await work;
    }
    catch (error) {
        throw refused(error, own);
    }
}
const isRefusal = ({ status, cause }) => status === undefined ? cause === undefined : [400, 403, 404, 409, 412].includes(status);

;// CONCATENATED MODULE: ./build/execute/pool-changes.js










const LEASE_SLACK_MS = 15 * 60_000;
const RENEW_BELOW_MS = 5 * 60_000;
const WHEN_GONE = 'find out who deletes it; run again when it is gone: the pool is made anew then';
async function pool_changes_readPool(run, poolId) {
    const pool = await run.azure.batch.getPool(poolId, apiVersionOf(run));
    if (pool === undefined)
        throw new model_failure/* RunError */.e4('pool-changed', 'the pool is gone', 'find out who deletes it, then run again');
    if (pool.provisioningState === 'Deleting') {
        throw new model_failure/* RunError */.e4('pool-changed', `pool ${(0,arm_id/* nameOf */.Vb)(poolId)} is being deleted`, WHEN_GONE);
    }
    run.seen.pool = pool;
    return pool;
}
async function createPool(run, poolId, body) {
    const until = holds(run) ? leaseEnd(run, resizeTimeoutMsOf(body)) : undefined;
    const leased = newPoolBody(run, body, until);
    const pool = await remembered(run, () => run.azure.batch.createPool(poolId, leased, apiVersionOf(run)));
    run.lease.isHeld = until !== undefined;
    return pool;
}
function resizeTimeoutMsOf({ properties }) {
    const scale = (0,model_json/* isJsonObject */.OW)(properties) && (0,model_json/* isJsonObject */.OW)(properties.scaleSettings) ? properties.scaleSettings : {};
    const timeout = (0,model_json/* isJsonObject */.OW)(scale.fixedScale) ? scale.fixedScale.resizeTimeout : undefined;
    return (typeof timeout === 'string' ? (0,iso8601/* parseIso8601Ms */.g)(timeout) : undefined) ?? 0;
}
async function patchPool(run, pool, change) {
    refuseHeld(run, pool);
    const until = change.holdMs === undefined || !holds(run) ? undefined : leaseEnd(run, change.holdMs);
    const sent = (seen) => poolBody(run, seen, { change, until });
    const write = (seen) => {
        const condition = { ifMatch: seen.etag, apiVersion: apiVersionOf(run) };
        return run.azure.batch.patchPool(seen.poolId, sent(seen), condition);
    };
    const lookAgain = async (before) => {
        const seen = await pool_changes_readPool(run, pool.poolId);
        if (isAsAsked(seen, sent(before)))
            return { seen, done: true };
        refuseHeld(run, seen);
        refuseChanged(seen, pool);
        return { seen, done: false };
    };
    const changed = await remembered(run, () => writeAgain(pool, { write, lookAgain }));
    run.lease.isHeld = until !== undefined;
    return changed;
}
function refuseChanged(pool, before) {
    if (isAsFound(pool, before))
        return;
    throw new model_failure/* RunError */.e4('pool-changed', `pool ${(0,arm_id/* nameOf */.Vb)(pool.poolId)} has another image or scale than it had before`, 'find out who changes the pool, then run again');
}
async function stopResize(run, poolId) {
    const pool = await pool_changes_readPool(run, poolId);
    refuseHeld(run, pool);
    return pool.allocationState === 'Resizing' ? run.azure.batch.stopResize(poolId, apiVersionOf(run)) : pool;
}
async function renewLease(run, pool) {
    if (pool.allocationState !== 'Steady')
        return;
    const lease = (0,plan_lease/* leaseOf */.m8)(pool.metadata);
    const isShort = lease === undefined || Date.parse(lease.until) - run.azureNow() < RENEW_BELOW_MS;
    if (isShort)
        await patchPool(run, pool, { body: { properties: {} }, holdMs: 0 });
}
const holds = ({ plan }) => plan.steps.some(({ kind }) => kind === 'finish-pool');
const leaseEnd = (run, holdMs) => run.azureNow() + holdMs + LEASE_SLACK_MS;
function refuseHeld(run, pool) {
    const lease = (0,plan_lease/* leaseOf */.m8)(pool.metadata);
    if (lease === undefined && run.lease.isHeld) {
        const message = `pool ${(0,arm_id/* nameOf */.Vb)(pool.poolId)}: the lease of this run was taken off`;
        throw new model_failure/* RunError */.e4('pool-leased', message, 'find out who works on the pool (a post step, a person), then run again');
    }
    if (lease === undefined)
        return;
    const state = (0,plan_lease/* leaseState */.oi)(lease, run.context, run.azureNow());
    if (state === 'held') {
        const { message, wayOut } = (0,plan_lease/* heldMessage */.BA)(lease);
        throw new model_failure/* RunError */.e4('pool-leased', `pool ${(0,arm_id/* nameOf */.Vb)(pool.poolId)}: ${message}`, wayOut);
    }
    if (state === 'ran-out' || state === 'earlier-attempt') {
        run.say('pool', `taken over from ${(0,plan_lease/* describeHolder */.sG)(lease)}, whose lease ran until ${lease.until}`);
    }
}
function apiVersionOf({ plan }) {
    return plan.pool?.apiVersion ?? '2025-06-01';
}
async function remembered(run, write) {
    try {
        run.seen.pool = await write();
        return run.seen.pool;
    }
    catch (error) {
        throw refusalOf(run, error);
    }
}
function isBusy(error) {
    return error instanceof errors/* AzureError */.M && error.status === 409 && error.code === 'PoolBeingResized';
}
function refusalOf(run, error) {
    if (!(error instanceof errors/* AzureError */.M) || isBusy(error))
        return error;
    if (error.status === 412) {
        return new model_failure/* RunError */.e4('pool-changed', error.message, 'somebody else keeps changing the pool; find out who, then run again', error);
    }
    if (error.code === 'PoolBeingDeleted')
        return new model_failure/* RunError */.e4('pool-changed', error.message, WHEN_GONE, error);
    const managed = apiVersionOf(run) === '2019-08-01';
    if (error.status === 400 && managed) {
        return new model_failure/* RunError */.e4('pool-refused', error.message, 'Batch takes custom images only from an Azure Compute Gallery: publish-to a gallery image definition ' +
            '(…/galleries/{gallery}/images/{definition}); the managed image can be the source of its first version', error);
    }
    return refused(error, { reason: 'pool-refused' });
}

// EXTERNAL MODULE: ./build/execute/scale-body.js
var scale_body = __webpack_require__(24279);
// EXTERNAL MODULE: ./build/plan/vm-stop.js
var vm_stop = __webpack_require__(23142);
// EXTERNAL MODULE: ./build/azure/pacing.js
var pacing = __webpack_require__(95726);
;// CONCATENATED MODULE: ./build/execute/estimate.js
function onward(course, mark, of) {
    if (course === undefined || course.of !== of || mark.done < course.last.done)
        return { last: mark, of };
    if (mark.done === course.last.done)
        return course;
    return { ...course, first: course.first ?? mark, last: mark };
}
function estimateAt(course, now) {
    const { first, last, of } = course;
    if (first === undefined || last.done >= of || last.done === first.done)
        return undefined;
    const msForEach = (last.at - first.at) / (last.done - first.done);
    const endsAt = last.at + (of - last.done) * msForEach;
    return { remainingMs: Math.max(0, endsAt - now), stillMs: now - last.at };
}
function longestOf(estimates) {
    return estimates
        .filter(estimate => estimate !== undefined)
        .toSorted((a, b) => b.remainingMs - a.remainingMs)
        .at(0);
}

;// CONCATENATED MODULE: ./build/execute/watch.js


async function watch(run, look, expectMs) {
    let pace = paceOf(run, expectMs);
    const restart = expectedMs => void (pace = paceOf(run, expectedMs));
    const progress = (what, done, of) => pace.mark(what, done, of);
    for (;;) {
        const found = await look(restart, progress);
        if (found !== undefined)
            return found;
        await run.clock.sleep(pace.next(), run.signal);
    }
}
function paceOf({ clock, pollIntervalMs }, expectMs = 0) {
    const startedAt = clock.now();
    const wait = (0,pacing/* pollPace */.N)({ longestMs: pollIntervalMs, now: () => clock.now() });
    const courses = new Map();
    let looks = 0;
    const expected = () => {
        const remainingMs = startedAt + expectMs - clock.now();
        return looks > 1 && remainingMs > 0 ? { remainingMs, stillMs: 0 } : undefined;
    };
    const courseEnds = () => [...courses.values()].map(one => estimateAt(one, clock.now()));
    return {
        mark: (what, done, of) => void courses.set(what, onward(courses.get(what), { at: clock.now(), done }, of)),
        next: () => {
            looks += 1;
            return wait({ estimate: longestOf([expected(), ...courseEnds()]) });
        }
    };
}

;// CONCATENATED MODULE: ./build/execute/vm-steps.js






const HOLD_MS = 60 * 60_000;
async function stopVm(run, { vmId, startsAgain }) {
    const vm = await readVm(run, vmId);
    vm_steps_refuseHeld(run, vmId, vm);
    if (startsAgain) {
        run.seen.vm = 'held';
        await setTags(run, vmId, { vm, tags: (0,plan_lease/* withLeaseTag */.j8)(vm.tags, run.context, (vm.readAt ?? run.azureNow()) + HOLD_MS) });
    }
    await changed(vmId, 'deallocated', run.azure.compute.deallocateVm(vmId));
    return 'deallocated';
}
async function verifyVmStopped(run, step) {
    const { vmId, startsAgain, snapshotIds } = step;
    const vm = await readVm(run, vmId);
    const isHeld = !startsAgain || (0,vm_stop/* stateOf */.L4)(vm, run.context, run.azureNow()) === 'mine';
    if (isHeld && vm.powerState === 'deallocated')
        return 'still stopped';
    const lease = (0,plan_lease/* leaseOfTags */.n7)(vm.tags);
    if (!isHeld && lease !== undefined && !(0,plan_lease/* isOfRun */.NG)(lease, run.context)) {
        const message = `VM ${(0,arm_id/* nameOf */.Vb)(vmId)}: ${(0,plan_lease/* describeHolder */.sG)(lease)} has taken over from this run`;
        throw new model_failure/* RunError */.e4('vm-failed', message, 'let that run end; then this one finds what it made');
    }
    await Promise.all(snapshotIds.map(id => run.azure.compute.deleteSnapshot(id)));
    const what = isHeld ? `is ${vm.powerState ?? 'in an unknown state'}` : 'has lost the lease of this run';
    throw new model_failure/* RunError */.e4('vm-failed', `VM ${(0,arm_id/* nameOf */.Vb)(vmId)} ${what}, though it was stopped for its snapshots; they are deleted`, 'find out who starts it (a post step, a schedule, a person), then run again: the snapshots are made anew');
}
async function startVm(run, step) {
    const { vmId } = step;
    const vm = await watch(run, async () => {
        const seen = await readVm(run, vmId);
        return (0,vm_stop/* isInMotion */.gT)(seen) ? undefined : seen;
    });
    if (!MAY_START.has((0,vm_stop/* stateOf */.L4)(vm, run.context, run.azureNow()))) {
        const lease = (0,plan_lease/* leaseOfTags */.n7)(vm.tags);
        run.seen.vm = 'released';
        return `left as it is: ${lease === undefined ? 'the lease is gone from its tags' : `${(0,plan_lease/* describeHolder */.sG)(lease)} holds it`}`;
    }
    run.seen.vm = 'held';
    if (!vm.generalized && vm.powerState !== 'running') {
        await changed(vmId, 'started again', run.azure.compute.startVm(vmId));
    }
    await letGo(run, step);
    return vm.generalized ? 'Azure knows it as generalized by now, and it can’t be started' : 'running';
}
const MAY_START = new Set(['mine', 'earlier-attempt', 'ran-out']);
async function letGo(run, { id, vmId }) {
    try {
        await release(run, vmId);
    }
    catch (error) {
        if (run.signal.aborted)
            throw error;
        run.seen.vm = 'released';
        run.warn(id, {
            message: `VM ${(0,arm_id/* nameOf */.Vb)(vmId)} runs, and keeps the lease of this run in its tags: ${error instanceof Error ? error.message : String(error)}`,
            wayOut: 'nothing, or delete the tag batch-image-rollout-lease: until it runs out, another run with stop-vm stops with vm-held'
        });
    }
}
async function release(run, vmId) {
    const vm = await readVm(run, vmId);
    await setTags(run, vmId, { vm, tags: (0,plan_lease/* withLeaseTag */.j8)(vm.tags, run.context, undefined) });
    run.seen.vm = 'released';
}
async function readVm(run, vmId) {
    const vm = await run.azure.compute.getVm(vmId);
    if (vm === undefined)
        throw new model_failure/* RunError */.e4('vm-failed', `VM ${(0,arm_id/* nameOf */.Vb)(vmId)} is gone`, 'find out who deletes it');
    if (vm.provisioningState === 'Deleting') {
        throw new model_failure/* RunError */.e4('vm-failed', `VM ${(0,arm_id/* nameOf */.Vb)(vmId)} is being deleted`, 'find out who deletes it');
    }
    return vm;
}
function vm_steps_refuseHeld(run, vmId, vm) {
    const lease = (0,plan_lease/* leaseOfTags */.n7)(vm.tags);
    if (lease === undefined)
        return;
    const state = (0,vm_stop/* stateOf */.L4)(vm, run.context, run.azureNow());
    if (state === 'held') {
        const { message, wayOut } = (0,plan_lease/* heldMessage */.BA)(lease, 'VM');
        throw new model_failure/* RunError */.e4('vm-failed', `VM ${(0,arm_id/* nameOf */.Vb)(vmId)}: ${message}`, wayOut);
    }
    if (state !== 'mine')
        run.say('stop-vm', `taken over from ${(0,plan_lease/* describeHolder */.sG)(lease)}`);
}
function setTags({ azure }, vmId, { vm, tags }) {
    return changed(vmId, 'given its lease', azure.compute.setVmTags(vmId, tags, vm.etag));
}
function changed(vmId, how, change) {
    return orRefused(change, {
        reason: 'vm-failed',
        message: error => `VM ${(0,arm_id/* nameOf */.Vb)(vmId)} could not be ${how}: ${error.message}`,
        wayOut: how === 'started again'
            ? 'start it yourself when Azure has room for it (az vm start), or run again, which tries it once more'
            : 'see what else is done to the VM, then run again'
    });
}

;// CONCATENATED MODULE: ./build/execute/aftermath.js








async function aftermath(run, { failure, steps, restMs }) {
    if (restMs > 0 && hasWorkLeft(run.seen))
        await run.clock.sleep(restMs, run.signal).catch(() => undefined);
    if (failure !== undefined) {
        const letGo = async () => {
            await markFailed(run);
            await letGoOfPool(run, { failure, steps });
        };
        await Promise.all([startAgain(run, failure), letGo()]);
    }
    await lastLook(run);
}
const hasWorkLeft = ({ isImageBlamed, pool, vm }) => isImageBlamed === true || pool !== undefined || vm === 'held';
async function lastLook(run) {
    const { pool: planned } = run.plan;
    if (planned === undefined || run.seen.pool === undefined)
        return;
    try {
        const pool = await run.azure.batch.getPool(planned.poolId, planned.apiVersion);
        if (pool === undefined)
            return;
        const nodes = await run.azure.batchService(planned.accountEndpoint).listNodes((0,arm_id/* nameOf */.Vb)(planned.poolId));
        Object.assign(run.seen, { pool, nodes });
    }
    catch {
    }
}
const START_WITHIN_MS = 4_000;
async function startAgain(run, { reason }) {
    const step = run.plan.steps.find(({ kind }) => kind === 'start-vm');
    if (step?.kind !== 'start-vm' || run.seen.vm !== 'held')
        return;
    try {
        const start = (limit) => startVm({ ...run, azure: run.azure.until(limit), signal: limit }, step);
        run.say(step.id, await (reason === 'deadline-exceeded' ? (0,time_limit/* within */.ux)(run.clock, START_WITHIN_MS, start) : start(run.signal)));
    }
    catch (error) {
        run.say(step.id, `not seen running again: ${error instanceof Error ? error.message : String(error)}`);
    }
}
const LOOK_EVERY_MS = 2_000;
async function letGoOfPool(run, { failure, steps }) {
    const { pool: planned } = run.plan;
    if (planned === undefined || run.seen.pool === undefined)
        return;
    try {
        let pool = await run.azure.batch.getPool(planned.poolId, planned.apiVersion);
        const isMine = (one) => one !== undefined && (0,plan_lease/* leaseState */.oi)((0,plan_lease/* leaseOf */.m8)(one.metadata), run.context, run.azureNow()) === 'mine';
        if (!isMine(pool))
            return;
        const former = (0,pool_metadata/* keptScale */.Tx)(pool);
        if (!isOnlyEmptied(run.plan.steps, steps) || former === undefined || (0,pool_metadata/* keptImageId */.Lw)(pool.metadata) !== pool.imageId) {
            await patchPool(run, pool, { body: { properties: {} }, metadata: noteOf(failure, pool) });
            return;
        }
        while (pool.allocationState !== 'Steady') {
            await run.clock.sleep(LOOK_EVERY_MS, run.signal);
            pool = await run.azure.batch.getPool(planned.poolId, planned.apiVersion);
            if (!isMine(pool))
                return;
        }
        const body = { properties: { scaleSettings: (0,scale_body/* formerScaleSettings */.V)(former) } };
        await patchPool(run, pool, { body, metadata: pool_metadata/* NOTHING_OF_OURS */.cp });
        run.say('pool', 'got its former scale back, and kept its image');
    }
    catch {
        run.say('pool', 'the lease of this run could not be taken off; it runs out by itself');
    }
}
function noteOf({ reason }, pool) {
    const isOfNodes = reason === 'nodes-unhealthy' || reason === 'nodes-stuck';
    return isOfNodes ? { ...pool_metadata/* NO_CHANGE */.XG, set: (0,pool_metadata/* failedItem */.FZ)(pool) } : pool_metadata/* NO_CHANGE */.XG;
}
function isOnlyEmptied(steps, outcomes) {
    const isOf = (kind, status) => outcomes.some(one => status(one.status) && steps.some(step => step.id === one.id && step.kind === kind));
    return (isOf('empty-pool', status => status !== 'not-started') && !isOf('change-pool-image', status => status === 'done'));
}

// EXTERNAL MODULE: ./build/model/step.js
var model_step = __webpack_require__(71710);
;// CONCATENATED MODULE: ./build/execute/left-behind.js


function leftBehind(step, error) {
    const why = error instanceof Error ? error.message : String(error);
    const { what, wayOut } = consequenceOf(step, error);
    return { message: `${what}: ${why}`, wayOut };
}
const AGAIN = 'a later run with the same inputs tries again';
function consequenceOf(step, error) {
    switch (step.kind) {
        case 'delete-snapshot': {
            const by = `az snapshot delete --ids ${step.snapshotId}`;
            return {
                what: `snapshot ${(0,arm_id/* nameOf */.Vb)(step.snapshotId)} is left, and costs money; nothing needs it any more`,
                wayOut: `${obstacleTo(error, { action: 'Microsoft.Compute/snapshots/delete', by })}; ${AGAIN}`
            };
        }
        case 'settle-image-version':
            return {
                what: `the snapshots of image version ${(0,arm_id/* nameOf */.Vb)(step.versionId)} are left, for it has not settled`,
                wayOut: `see what Azure says of the version (az sig image-version show --expand ReplicationStatus); ${AGAIN}`
            };
        case 'finish-image-version':
            return {
                what: `image version ${(0,arm_id/* nameOf */.Vb)(step.versionId)} is not tagged as complete`,
                wayOut: `nothing, unless image-version is auto: then the next run takes this version up, within a day`
            };
        case 'finish-pool':
            return {
                what: `pool ${(0,arm_id/* nameOf */.Vb)(step.poolId)} keeps the lease of this run in its metadata, until it runs out`,
                wayOut: 'nothing, or delete the item batch-image-rollout-lease: until then another run that has to change the pool stops with pool-leased'
            };
        default:
            return { what: `not done: ${step.title}`, wayOut: AGAIN };
    }
}
function obstacleTo(error, { action, by }) {
    if (!(error instanceof errors/* AzureError */.M))
        return `delete it (${by})`;
    if (error.code === 'ScopeLocked') {
        return `have an Owner or User Access Administrator take the lock off (Microsoft.Authorization/locks/delete) and delete it (${by})`;
    }
    if (error.status === 403)
        return `give the identity a role with ${action}, or delete it (${by})`;
    return `delete it (${by})`;
}

// EXTERNAL MODULE: ./build/shared/elapsed.js
var elapsed = __webpack_require__(65940);
;// CONCATENATED MODULE: ./build/shared/heartbeat.js
const SILENT_AT_MOST_MS = 5 * 60_000;
async function withHeartbeat({ clock, signal, tell }, work) {
    const over = new AbortController();
    const either = AbortSignal.any([over.signal, signal]);
    let spokeAt = clock.now();
    const beat = async () => {
        for (let heardAt = spokeAt;;) {
            const due = Math.max(heardAt, spokeAt) + SILENT_AT_MOST_MS;
            if (clock.now() < due) {
                await clock.sleep(due - clock.now(), either);
                continue;
            }
            heardAt = due;
            tell(clock.now() - spokeAt);
        }
    };
    beat().catch(() => undefined);
    try {
        return await work(() => void (spokeAt = clock.now()));
    }
    finally {
        over.abort();
    }
}

// EXTERNAL MODULE: ./build/model/node-state.js
var node_state = __webpack_require__(62976);
// EXTERNAL MODULE: ./build/plan/describe-nodes.js
var describe_nodes = __webpack_require__(15181);
// EXTERNAL MODULE: ./build/plan/nodes.js
var plan_nodes = __webpack_require__(11787);
;// CONCATENATED MODULE: ./build/plan/resize-timeout.js


const MINUTE = 60_000;
function recommendedResizeTimeoutMs(nodes) {
    return Math.max(nodes > 300 ? 30 * MINUTE : 20 * MINUTE, Math.ceil(nodes / 1_000) * 15 * MINUTE);
}
function resizeTimeoutMs(input, properties, nodes) {
    return input ?? specResizeTimeoutMs(properties) ?? recommendedResizeTimeoutMs(nodes);
}
function specResizeTimeoutMs(properties) {
    const scale = properties.scaleSettings;
    const fixed = (0,model_json/* isJsonObject */.OW)(scale) ? scale.fixedScale : undefined;
    const text = (0,model_json/* isJsonObject */.OW)(fixed) ? fixed.resizeTimeout : undefined;
    return typeof text === 'string' ? (0,iso8601/* parseIso8601Ms */.g)(text) : undefined;
}

// EXTERNAL MODULE: ./build/plan/wave-targets.js
var wave_targets = __webpack_require__(30446);
// EXTERNAL MODULE: ./build/plan/wave.js + 2 modules
var wave = __webpack_require__(59689);
;// CONCATENATED MODULE: ./build/plan/pool-steps.js





function createBody(situation, wish, first) {
    const { pool } = wish.spec;
    const timeout = resizeTimeoutMs(wish.spec.resizeTimeoutMs, pool.properties, wish.nodes);
    return {
        ...(pool.identity === undefined ? {} : { identity: pool.identity }),
        properties: {
            ...wish.properties,
            scaleSettings: { fixedScale: pool_steps_fixedScale(first, timeout) },
            metadata: [...((0,pool_metadata/* specItems */.O5)(pool.properties) ?? []), (0,pool_metadata/* runItem */.nb)(situation.context)]
        }
    };
}
function pool_steps_fixedScale(targets, timeoutMs) {
    return {
        targetDedicatedNodes: targets.dedicated,
        targetLowPriorityNodes: targets.lowPriority,
        resizeTimeout: (0,iso8601/* formatIso8601 */.I)(timeoutMs)
    };
}
function intervalMs(interval = 'PT15M') {
    return (0,iso8601/* parseIso8601Ms */.g)(interval) ?? 15 * 60_000;
}
function growStep(wish, goal, { alreadyAsked, present } = {}) {
    const { spec } = wish;
    return {
        id: 'grow-pool',
        kind: 'grow-pool',
        title: `bring pool ${spec.poolName} to ${(0,wave_targets/* describeTargets */.Eg)(goal)}`,
        reason: reasonToGrow(wish, goal, present === undefined ? 0 : (0,wave_targets/* totalOf */.e6)(present)),
        poolId: wish.poolId,
        goal,
        ...(alreadyAsked === undefined ? {} : { alreadyAsked }),
        ...(present !== undefined && (0,wave_targets/* totalOf */.e6)(present) > 0 ? { hadNodes: true } : {}),
        canaryNodes: spec.canaryNodes,
        waveSize: spec.waveSize,
        resizeTimeoutMs: resizeTimeoutMs(spec.resizeTimeoutMs, spec.pool.properties, (0,wave_targets/* totalOf */.e6)(goal)),
        nodeTimeoutMs: spec.nodeTimeoutMs,
        repairAttempts: spec.repairAttempts,
        resizeAttempts: spec.resizeAttempts,
        maxUnhealthy: spec.maxUnhealthy,
        drain: spec.drain,
        drainTimeoutMs: spec.drainTimeoutMs
    };
}
function reasonToGrow({ spec }, goal, present) {
    if (present > (0,wave_targets/* totalOf */.e6)(goal))
        return `the pool has more; nodes leave by ${spec.drain}`;
    const waves = spec.waveSize === 'all' ? 'all that remain' : `waves of ${spec.waveSize}`;
    if (present > 0)
        return `the ${present} that are there must be healthy; then ${waves}, each healthy before the next`;
    const first = (0,wave_targets/* totalOf */.e6)((0,wave_targets/* firstTargets */.dI)(goal, spec.canaryNodes, spec.waveSize));
    return first < (0,wave_targets/* totalOf */.e6)(goal)
        ? `${first} first, then ${waves}; each wave must be healthy before the next`
        : 'one wave, which must be healthy';
}
function finishStep(situation, wish, reason) {
    const { scale, spec } = wish;
    const autoScale = scale.kind === 'auto' && {
        formula: scale.formula,
        ...(scale.evaluationInterval === undefined ? {} : { evaluationInterval: scale.evaluationInterval })
    };
    return {
        id: 'finish-pool',
        kind: 'finish-pool',
        title: autoScale === false ? `let go of pool ${spec.poolName}` : `hand pool ${spec.poolName} to its autoscale formula`,
        reason,
        ...(autoScale === false ? { housekeeping: true } : {}),
        poolId: wish.poolId,
        body: { properties: autoScale === false ? {} : { scaleSettings: { autoScale } } },
        metadata: (0,pool_metadata/* withRun */.Yq)(pool_metadata/* NO_CHANGE */.XG, situation.context),
        ...(scale.kind === 'auto' ? { evaluationIntervalMs: intervalMs(scale.evaluationInterval) } : {})
    };
}
function letGoStep({ context }, wish, reason) {
    return {
        id: 'finish-pool',
        kind: 'finish-pool',
        title: `let go of pool ${wish.spec.poolName}`,
        reason,
        housekeeping: true,
        poolId: wish.poolId,
        body: { properties: {} },
        metadata: (0,pool_metadata/* withRun */.Yq)(pool_metadata/* NO_CHANGE */.XG, context)
    };
}
function handOver(situation, wish, reason) {
    return [
        finishStep(situation, wish, reason),
        verifyStep(wish, 'the nodes that the formula asks for must be healthy too')
    ];
}
function verifySteps(wish, pool) {
    return (0,wave_targets/* totalOf */.e6)((0,wave/* nodesOf */.Nh)(pool)) === 0
        ? []
        : [verifyStep(wish, 'a pool that is as wanted can still have unhealthy nodes')];
}
function verifyStep(wish, reason) {
    return {
        id: 'verify-nodes',
        kind: 'verify-nodes',
        title: `look at the nodes of pool ${wish.spec.poolName}`,
        reason,
        poolId: wish.poolId,
        maxUnhealthy: wish.spec.maxUnhealthy,
        settleMs: resizeTimeoutMs(wish.spec.resizeTimeoutMs, wish.spec.pool.properties, wish.nodes),
        nodeTimeoutMs: wish.spec.nodeTimeoutMs
    };
}

;// CONCATENATED MODULE: ./build/execute/image-still-there.js



async function withImageLookedAt(run, halt) {
    if (halt.failure !== 'allocation-failed')
        return halt;
    try {
        const lost = await lostImage(run);
        return lost === undefined ? halt : { ...halt, ...lost, reason: `${halt.reason}; ${lost.reason}` };
    }
    catch {
        return halt;
    }
}
async function refuseGoneImage(run) {
    const id = run.plan.image?.imageId;
    if (id === undefined || !(0,arm_id/* isArmIdOf */.p_)(id, 'Microsoft.Compute/galleries/images/versions'))
        return;
    const lost = await whyGone(run, id).catch(() => undefined);
    if (lost === undefined)
        return;
    throw new model_failure/* RunError */.e4('image-failed', lost.reason, lost.wayOut).thatRepeats(lost.repetition);
}
async function whyGone(run, id) {
    return goneVersion(run, id, await run.azure.gallery.getVersion(id));
}
async function lostImage(run) {
    const id = run.seen.pool?.imageId;
    if (id === undefined)
        return undefined;
    if ((0,arm_id/* isArmIdOf */.p_)(id, 'Microsoft.Compute/images'))
        return lostManagedImage(run, id);
    return (0,arm_id/* isArmIdOf */.p_)(id, 'Microsoft.Compute/galleries/images/versions') ? lostVersion(run, id) : undefined;
}
async function lostVersion(run, id) {
    const version = await run.azure.gallery.getVersion(id, { replication: true });
    const lost = await goneVersion(run, id, version);
    return lost === undefined && version !== undefined ? lostReplica(run, version) : lost;
}
async function goneVersion(run, id, version) {
    if (version?.provisioningState === 'Deleting')
        return image_still_there_gone(run, `image version ${(0,arm_id/* nameOf */.Vb)(id)} is being deleted`);
    if (version !== undefined)
        return undefined;
    const { gallery } = run.azure;
    const definitionId = (0,arm_id/* parentId */.A1)(id);
    const galleryId = (0,arm_id/* parentId */.A1)(definitionId);
    const [definition, its] = await Promise.all([gallery.getGalleryImage(definitionId), gallery.getGallery(galleryId)]);
    if (its === undefined) {
        const reason = `the gallery ${(0,arm_id/* nameOf */.Vb)(galleryId)} of its image isn’t there any more`;
        return { reason, wayOut: `find out who deletes it, and create the gallery again`, repetition: 'after-change' };
    }
    return image_still_there_gone(run, definition === undefined
        ? `the definition ${(0,arm_id/* nameOf */.Vb)(definitionId)} of its image isn’t there any more`
        : `image version ${(0,arm_id/* nameOf */.Vb)(id)} isn’t there any more`);
}
async function lostReplica(run, { versionId, targetRegions, replication }) {
    const account = run.plan.pool && (await run.azure.batch.getAccount(run.plan.pool.accountId));
    if (account === undefined)
        return undefined;
    const { location } = account;
    const state = replication?.regions.find(({ region }) => (0,model_region/* sameRegion */.Z)(region, location))?.state;
    const name = `image version ${(0,arm_id/* nameOf */.Vb)(versionId)}`;
    if (!targetRegions.some(({ region }) => (0,model_region/* sameRegion */.Z)(region, location))) {
        const wayOut = `find out who takes regions off it, and add ${location} to it again`;
        return again(run, { reason: `${name} has no replica in ${location}, the Batch account’s region`, wayOut });
    }
    if (state === undefined || state === 'Completed')
        return undefined;
    return {
        reason: `the replica of ${name} in ${location} is ${state}`,
        wayOut: `wait until it is Completed, or take ${location} off the version and add it again, then run again`,
        repetition: 'after-change'
    };
}
async function lostManagedImage({ azure }, id) {
    const wayOut = 'find out who deletes it; publish the image under another name, as it can’t be mended';
    const image = await azure.compute.getManagedImage(id);
    if (image === undefined)
        return { reason: `managed image ${(0,arm_id/* nameOf */.Vb)(id)} isn’t there any more`, wayOut, repetition: 'after-change' };
    const snapshots = await Promise.all(image.snapshotIds.map(async (one) => (await azure.compute.getSnapshot(one)) === undefined ? [one] : []));
    const [lost] = snapshots.flat();
    if (lost === undefined)
        return undefined;
    const reason = `snapshot ${(0,arm_id/* nameOf */.Vb)(lost)}, which managed image ${(0,arm_id/* nameOf */.Vb)(id)} was made of, isn’t there any more`;
    return { reason, wayOut, repetition: 'after-change' };
}
const image_still_there_gone = (run, reason) => again(run, { reason, wayOut: 'find out who deletes it' });
function again({ plan }, { reason, wayOut }) {
    return plan.command === 'rollout'
        ? {
            reason,
            wayOut: `${wayOut}, then run again; or roll out another image ("image-id")`,
            repetition: 'after-change'
        }
        : { reason, wayOut: `${wayOut}; a run with the same inputs makes what is missing again`, repetition: 'helps' };
}

;// CONCATENATED MODULE: ./build/execute/node-looks.js




const poolNameOf = ({ plan }) => (plan.pool === undefined ? '' : (0,arm_id/* nameOf */.Vb)(plan.pool.poolId));
function serviceOf({ azure, plan }) {
    return azure.batchService(plan.pool?.accountEndpoint ?? '');
}
async function readNodes(run) {
    if (run.plan.pool === undefined)
        return [];
    const nodes = await serviceOf(run).listNodes(poolNameOf(run));
    run.seen.nodes = nodes;
    return nodes;
}
const REBOOT_SHOWS_WITHIN_MS = 2 * 60_000;
function nodeLooks(run) {
    let firstSeen = new Map();
    let shortSince;
    const rebooting = new Map();
    const looks = ({ nodeId, state, stateSince }) => [nodeId, state, stateSince].join(' ');
    let last = new Map();
    const shownMs = ({ stateSince = '' }) => Math.max(0, run.azureNow() - Date.parse(stateSince)) || 0;
    return {
        at(nodes, expected) {
            const now = run.clock.now();
            firstSeen = new Map(nodes.map(node => [looks(node), firstSeen.get(looks(node)) ?? now]));
            last = new Map(nodes.map(node => [node.nodeId, looks(node)]));
            if (nodes.length >= expected)
                shortSince = undefined;
            else
                shortSince ??= now;
            const isRebooting = (node) => {
                const asked = rebooting.get(node.nodeId);
                return asked !== undefined && asked.looked === looks(node) && now < asked.until;
            };
            return {
                nodes: nodes.map(node => isRebooting(node)
                    ? { node: { ...node, state: 'rebooting' }, ms: 0 }
                    : { node, ms: Math.max(now - (firstSeen.get(looks(node)) ?? now), shownMs(node)) }),
                msShort: shortSince === undefined ? 0 : now - shortSince
            };
        },
        rebooted(nodeIds) {
            const until = run.clock.now() + REBOOT_SHOWS_WITHIN_MS;
            for (const nodeId of nodeIds)
                rebooting.set(nodeId, { looked: last.get(nodeId) ?? '', until });
        }
    };
}
function teller(run, stepId) {
    let last = '';
    return line => {
        if (line !== last)
            run.say(stepId, line);
        last = line;
    };
}
async function halted(run, verdict, { bad, output }) {
    const { failure, reason, wayOut, repetition } = await withImageLookedAt(run, verdict);
    const known = bad.toSorted((a, b) => Number(output.has(b.node.nodeId)) - Number(output.has(a.node.nodeId)));
    const details = known.flatMap(aged => [(0,describe_nodes/* describeNode */.W)(aged, run.seen.pool), ...(output.get(aged.node.nodeId) ?? [])]);
    return new model_failure/* RunError */.e4(failure, reason, wayOut, undefined, details).thatRepeats(repetition);
}

;// CONCATENATED MODULE: ./build/execute/second-chance.js




const SIDE_BY_SIDE = 5;
const ACTIONS = {
    reboot: 'Microsoft.Batch/batchAccounts/computePools/computeNodes/reboot/action',
    replace: 'Microsoft.Batch/batchAccounts/computePools/computeNodes/remove/action'
};
async function giveChance(run, step, { pool, chance, looks }) {
    try {
        await patchPool(run, pool, { body: { properties: {} }, holdMs: holdMs(step, chance) });
        if (chance.by === 'reboot') {
            const taken = await rebootAll(run, step, { nodeIds: chance.nodeIds, looks });
            return taken === 0 ? chance.ifRefused : chance.progress;
        }
        if (!(await areAllStillBad(run, chance.nodeIds)))
            return undefined;
        await remove(run, step, chance.nodeIds);
        return chance.progress;
    }
    catch (error) {
        if (isBusy(error))
            return undefined;
        if (!(error instanceof errors/* AzureError */.M) || error.status !== 403)
            throw error;
        run.warn(step.id, {
            message: `the identity may not do it, so failed nodes got no second chance: ${error.message}`,
            wayOut: `give the identity a role with ${ACTIONS[chance.by]}, or say repair-attempts: 0`
        });
        return chance.ifDenied;
    }
}
async function areAllStillBad(run, nodeIds) {
    const nodes = await readNodes(run);
    return nodes.every(node => !nodeIds.includes(node.nodeId) || (0,node_state/* bearingOf */.Y)(node) !== 'healthy');
}
const holdMs = (step, { by }) => (by === 'reboot' ? 0 : step.resizeTimeoutMs);
async function remove(run, { resizeTimeoutMs }, nodeIds) {
    try {
        await serviceOf(run).removeNodes(poolNameOf(run), { nodeIds, resizeTimeoutMs });
    }
    catch (error) {
        const isDone = error instanceof errors/* AzureError */.M && ((isBusy(error) && error.tries > 1) || error.status === 404);
        if (!isDone)
            throw error;
    }
}
async function rebootAll(run, step, { nodeIds, looks }) {
    const taken = [];
    let refusal;
    const reboot = async (nodeId) => {
        try {
            await serviceOf(run).rebootNode(poolNameOf(run), nodeId);
            taken.push(nodeId);
        }
        catch (error) {
            if (!(error instanceof errors/* AzureError */.M) || (error.status !== 409 && error.status !== 404))
                throw error;
            refusal = error;
        }
    };
    for (let at = 0; at < nodeIds.length; at += SIDE_BY_SIDE) {
        if (run.seen.pool !== undefined)
            await renewLease(run, run.seen.pool);
        await Promise.all(nodeIds.slice(at, at + SIDE_BY_SIDE).map(reboot));
    }
    looks.rebooted(taken);
    if (refusal !== undefined)
        run.say(step.id, `${taken.length} of ${nodeIds.length} take a reboot: ${refusal.message}`);
    return taken.length;
}

;// CONCATENATED MODULE: ./build/execute/start-task-output.js


const MOST_NODES = 3;
const MOST_BYTES = 4_096;
const MOST_LINES = 15;
const FILES = ['startup/stderr.txt', 'startup/stdout.txt'];
async function startTaskOutput(run, bad) {
    const failed = bad.filter(({ node }) => node.state === 'starttaskfailed').slice(0, MOST_NODES);
    const read = failed.map(async ({ node: { nodeId } }) => {
        const ends = await Promise.all(FILES.map(path => endOf(run, nodeId, path)));
        return [nodeId, ends.flat()];
    });
    return new Map((await Promise.all(read)).filter(([, lines]) => lines.length > 0));
}
async function endOf(run, nodeId, path) {
    try {
        const text = await serviceOf(run).nodeFileEnd(poolNameOf(run), { nodeId, path, bytes: MOST_BYTES });
        const lines = text.split(/\r?\n/).filter(line => line.trim() !== '');
        return lines.slice(-MOST_LINES).map(line => `  ${path.split('/').at(-1)}: ${line}`);
    }
    catch (error) {
        if (error instanceof errors/* AzureError */.M && !run.signal.aborted)
            return [];
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/execute/grow-pool.js













const FIRST_NODE_MS = 30_000;
const SAID_NODES = 3;
async function growPool(run, step) {
    let progress = step.alreadyAsked === undefined
        ? undefined
        : { target: step.alreadyAsked, attempt: 1, had: { dedicated: 0, lowPriority: 0 } };
    let askedAt = run.clock.now();
    const looks = nodeLooks(run);
    const said = teller(run, step.id);
    const output = new Map();
    const look = async (restart, advance) => {
        const pool = await pool_changes_readPool(run, step.poolId);
        const count = (what, done) => advance(what, done, (0,wave_targets/* totalOf */.e6)(progress?.target ?? step.goal));
        const msSinceAsked = run.clock.now() - askedAt;
        const { decision, bad } = await decide(run, step, { pool, progress, msSinceAsked, count, looks });
        switch (decision.kind) {
            case 'second-chance': {
                await learn(run, step, { bad, output, isFirst: progress?.chances === undefined });
                said(decision.reason);
                const next = await giveChance(run, step, { pool, chance: decision, looks });
                if (next === undefined)
                    return undefined;
                progress = next;
                askedAt = run.clock.now();
                restart();
                return undefined;
            }
            case 'resize':
                said(decision.reason);
                if (await resize(run, step, { pool, progress: decision.progress })) {
                    restart(expectedMs(msSinceAsked, progress, decision.progress));
                    progress = decision.progress;
                    askedAt = run.clock.now();
                }
                return undefined;
            case 'done':
                return decision.reason;
            case 'halt':
                await learn(run, step, { bad, output, isFirst: false });
                if (decision.blamesImage === true)
                    run.seen.isImageBlamed = true;
                throw await halted(run, decision, { bad, output });
            case 'wait':
            case 'look-at-nodes':
                said(decision.reason);
                await renewLease(run, pool);
                return undefined;
        }
    };
    return watch(run, look, FIRST_NODE_MS);
}
async function decide(run, step, seen) {
    const { pool, progress, msSinceAsked, count, looks } = seen;
    count('present', (0,wave_targets/* totalOf */.e6)((0,wave/* nodesOf */.Nh)(pool)));
    const decision = (0,wave/* decideWave */.o3)(step, { pool, msShort: 0, msSinceAsked }, progress);
    if (decision.kind === 'wait') {
        const reason = decision.reason + (await statesNow(run, pool, count));
        return { decision: { ...decision, reason }, bad: [] };
    }
    if (decision.kind !== 'look-at-nodes')
        return { decision, bad: [] };
    const { nodes, msShort } = looks.at(await readNodes(run), (0,wave_targets/* totalOf */.e6)((0,wave/* nodesOf */.Nh)(pool)));
    const tally = (0,plan_nodes/* tallyNodes */.g4)(nodes, step.nodeTimeoutMs);
    count('settled', tally.total - tally.pending);
    return { decision: (0,wave/* decideWave */.o3)(step, { pool, nodes: tally, msShort, msSinceAsked }, progress), bad: tally.bad };
}
async function learn(run, step, { bad, output, isFirst }) {
    for (const [nodeId, lines] of await startTaskOutput(run, bad))
        output.set(nodeId, lines);
    if (!isFirst)
        return;
    for (const aged of bad.slice(0, SAID_NODES)) {
        run.say(step.id, (0,describe_nodes/* describeNode */.W)(aged, run.seen.pool));
        for (const line of output.get(aged.node.nodeId) ?? [])
            run.say(step.id, line);
    }
}
function expectedMs(tookMs, before, next) {
    if ((0,wave_targets/* totalOf */.e6)(next.target) < (0,wave_targets/* totalOf */.e6)(next.had))
        return undefined;
    const got = before !== undefined && before.then === undefined && !(0,wave_targets/* sameTargets */.nu)(before.target, next.target);
    return got ? tookMs : FIRST_NODE_MS;
}
async function statesNow(run, pool, count) {
    if (run.plan.pool === undefined || (0,wave_targets/* totalOf */.e6)((0,wave/* nodesOf */.Nh)(pool)) === 0)
        return '';
    const counts = await nodeCounts(run);
    const rows = Object.entries({ ...counts?.dedicated }).map(([state, count]) => [state, count + (counts?.lowPriority[state] ?? 0)]);
    const settled = rows.filter(([state]) => (0,node_state/* bearingOf */.Y)({ state }) !== 'pending' && state !== 'total');
    count('settled', settled.reduce((sum, [, nodes]) => sum + nodes, 0));
    const present = rows.filter(([state, count]) => count > 0 && state !== 'total').toSorted(([, a], [, b]) => b - a);
    return present.length === 0 ? '' : ` (${present.map(([state, count]) => `${count} ${state}`).join(', ')})`;
}
async function nodeCounts(run) {
    try {
        return await serviceOf(run).nodeCounts(poolNameOf(run));
    }
    catch (error) {
        if (error instanceof errors/* AzureError */.M && !run.signal.aborted)
            return undefined;
        throw error;
    }
}
async function resize(run, step, { pool, progress }) {
    const shrinks = (0,wave_targets/* isShort */.tQ)(progress.target, (0,wave/* nodesOf */.Nh)(pool));
    const timeoutMs = shrinks ? step.drainTimeoutMs : step.resizeTimeoutMs;
    const drained = shrinks ? { nodeDeallocationOption: (0,scale_body/* deallocationOption */.l)(step.drain) } : {};
    const scale = { ...pool_steps_fixedScale(progress.target, timeoutMs), ...drained };
    const body = { properties: { scaleSettings: { fixedScale: scale } } };
    try {
        await patchPool(run, pool, { body, holdMs: timeoutMs });
        return true;
    }
    catch (error) {
        if (isBusy(error))
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/execute/image-steps.js







const VERSION_FAILED = {
    reason: 'image-failed',
    wayOut: 'run again with the same inputs; a failed version is made anew'
};
async function createGalleryImage(run, step) {
    await orRefused(run.azure.gallery.createGalleryImage(step.galleryImageId, step.body), { reason: 'image-failed' });
    return 'created';
}
async function createImageVersion(run, step) {
    const there = await run.azure.gallery.getVersion(step.versionId);
    if (there === undefined || there.provisioningState === 'Failed') {
        const put = run.azure.gallery.putVersion(step.versionId, step.body);
        return untilReplicated(run, step, await orRefused(put, VERSION_FAILED));
    }
    if (there.tags[run_tags/* TAG */.Dk.key] !== (0,model_json/* objectOf */.Xy)(step.body.tags)[run_tags/* TAG */.Dk.key]) {
        const message = `image version ${(0,arm_id/* nameOf */.Vb)(step.versionId)} was made by ${(0,run_tags/* originOf */.yv)(there.tags)} meanwhile, from other inputs`;
        const wayOut = 'name another "image-version"; with "auto", run again: it takes the next number';
        throw new model_failure/* RunError */.e4('image-failed', message, wayOut).thatRepeats('unknown');
    }
    run.say(step.id, `${(0,run_tags/* originOf */.yv)(there.tags)} has made it meanwhile, from the same inputs`);
    return untilReplicated(run, step, undefined);
}
async function awaitImageVersion(run, step) {
    return untilReplicated(run, step, undefined);
}
async function untilReplicated(run, step, operation) {
    const tell = progressTeller(run, step.id);
    return watch(run, async (_restart, progress) => {
        const version = await lookAtVersion(run, step.versionId);
        const { replication } = version;
        const rows = rowsOf(version, step.untilRegions);
        if (replication !== undefined) {
            tell(replication);
            for (const row of rows)
                if (row !== undefined)
                    progress(row.region, row.progress, 100);
            if (rows.every(row => row?.state === 'Completed'))
                return `replicated to ${step.untilRegions.join(', ')}`;
            if (version.provisioningState !== 'Failed')
                refuseFailedRegion(version, rows);
        }
        refuseMissingRegion(version, step.untilRegions);
        if (version.provisioningState === 'Failed') {
            if (hasItsCopy(version))
                refuseFailedRegion(version, rows);
            throw await failedVersion(version, operation);
        }
        return undefined;
    });
}
function rowsOf({ replication }, regions) {
    return regions.map(region => replication && stateIn(replication, region));
}
function refuseFailedRegion({ versionId, replicationMode, location }, rows) {
    const failed = rows.find(row => row?.state === 'Failed');
    if (failed === undefined)
        return;
    const why = failed.details ? `: ${failed.details}` : '';
    const message = `replication of ${(0,arm_id/* nameOf */.Vb)(versionId)} to ${failed.region} failed${why}`;
    if ((0,model_region/* sameRegion */.Z)(failed.region, location)) {
        const wayOut = 'run again with the same inputs: a version that isn’t in its own region is made again';
        throw new model_failure/* RunError */.e4('replication-failed', message, wayOut).thatRepeats('helps');
    }
    const isShallow = replicationMode === 'Shallow';
    const wayOut = isShallow
        ? 'publish another version: a shallow one gains no region later'
        : 'run again with the same inputs: the region is taken off the version and added again, as Azure advises';
    throw new model_failure/* RunError */.e4('replication-failed', message, wayOut).thatRepeats(isShallow ? 'after-change' : 'unknown');
}
function refuseMissingRegion({ versionId, targetRegions }, regions) {
    const missing = regions.find(region => !targetRegions.some(one => (0,model_region/* sameRegion */.Z)(one.region, region)));
    if (missing === undefined)
        return;
    const message = `image version ${(0,arm_id/* nameOf */.Vb)(versionId)} isn’t published to ${missing}, where the pool is`;
    throw new model_failure/* RunError */.e4('replication-failed', message, 'find out who changed its regions, then run again');
}
async function settleImageVersion(run, step) {
    const tell = progressTeller(run, step.id);
    return watch(run, async (_restart, progress) => {
        const version = await lookAtVersion(run, step.versionId);
        const regions = version.replication?.regions ?? [];
        const isUnderWay = regions.length === 0 || regions.some(({ state }) => !isSettled(state));
        if (version.replication !== undefined && isUnderWay)
            tell(version.replication);
        for (const row of regions)
            progress(row.region, row.progress, 100);
        const failed = regions.filter(({ state }) => state === 'Failed').map(({ region }) => region);
        if (version.provisioningState === 'Failed') {
            if (!hasItsCopy(version))
                throw await failedVersion(version, undefined);
            return `ended; not replicated to ${failed.join(', ')}`;
        }
        if (version.provisioningState !== 'Succeeded' || isUnderWay)
            return undefined;
        return failed.length === 0
            ? 'Succeeded, and replicated wherever it was asked for'
            : `Succeeded; not replicated to ${failed.join(', ')}`;
    });
}
const isSettled = (state) => state === 'Completed' || state === 'Failed';
function hasItsCopy({ location, replication }) {
    return replication !== undefined && stateIn(replication, location)?.state === 'Completed';
}
async function lookAtVersion(run, versionId) {
    const version = await run.azure.gallery.getVersion(versionId, { replication: true });
    if (version === undefined) {
        throw new model_failure/* RunError */.e4('image-failed', `image version ${(0,arm_id/* nameOf */.Vb)(versionId)} is gone`, 'find out who deletes it');
    }
    if (version.provisioningState === 'Deleting') {
        throw new model_failure/* RunError */.e4('image-failed', `image version ${(0,arm_id/* nameOf */.Vb)(versionId)} is being deleted`, 'find out who deletes it');
    }
    if (version.replication !== undefined)
        run.seen.replication = version.replication;
    return version;
}
async function failedVersion({ versionId, replication }, operation) {
    const error = await operation?.failure();
    const regions = (replication?.regions ?? []).flatMap(({ region, state, details }) => state === 'Failed' ? [`${region}: ${details ?? 'failed, without details'}`] : []);
    const failed = `image version ${(0,arm_id/* nameOf */.Vb)(versionId)} failed`;
    if (error === undefined) {
        const why = regions.length === 0 ? 'Azure gives no reason' : regions.join('; ');
        return new model_failure/* RunError */.e4('image-failed', `${failed}: ${why}`, VERSION_FAILED.wayOut).thatRepeats('unknown');
    }
    return refused(error, { ...VERSION_FAILED, message: ({ message }) => `${failed}: ${message}` });
}
function stateIn({ regions }, region) {
    return regions.find(one => (0,model_region/* sameRegion */.Z)(one.region, region));
}
function progressTeller(run, stepId) {
    let said = '';
    return ({ regions }) => {
        const line = regions
            .map(({ region, progress, state }) => `${region} ${state === 'Completed' ? 'done' : `${progress}%`}`)
            .join(', ');
        if (line !== '' && line !== said)
            run.say(stepId, line);
        said = line;
    };
}
async function createManagedImage(run, step) {
    await orRefused(run.azure.compute.createManagedImage(step.imageId, step.body), { reason: 'image-failed' });
    return 'created';
}
async function awaitManagedImage(run, step) {
    return watch(run, async () => {
        const image = await run.azure.compute.getManagedImage(step.imageId);
        const state = image?.provisioningState ?? 'gone';
        if (state === 'Failed' || state === 'Deleting' || state === 'gone') {
            const wayOut = state === 'Failed' ? 'delete it, and run again' : 'find out who deletes it, then run again';
            throw new model_failure/* RunError */.e4('image-failed', `managed image ${(0,arm_id/* nameOf */.Vb)(step.imageId)} is ${state}`, wayOut).thatRepeats('after-change');
        }
        return state === 'Succeeded' ? 'Succeeded' : undefined;
    });
}

;// CONCATENATED MODULE: ./build/plan/other-content.js



const PATH = 'deploymentConfiguration.virtualMachineConfiguration.imageReference.id';
function otherContent(situation, wish, pool) {
    const hasNodes = (0,wave_targets/* totalOf */.e6)((0,wave/* nodesOf */.Nh)(pool)) > 0 || pool.allocationState !== 'Steady';
    if (!hasNodes || !(0,arm_id/* sameId */.s)(pool.imageId ?? '', wish.imageId))
        return [];
    const why = whyOther(situation, wish);
    if (why === undefined)
        return [];
    const needs = wish.managed ? 'another-pool' : 'zero-nodes';
    return [{ path: PATH, present: `${wish.imageId} (${why})`, wanted: wish.imageId, needs }];
}
function whyOther({ spec, whole, observed }, { imageId }) {
    if (spec.image !== undefined && !whole)
        return 'as it was before: the image is to be made anew';
    const version = [observed.rolloutVersion, ...observed.versions].find(one => one !== undefined && (0,arm_id/* sameId */.s)(one.versionId, imageId));
    const older = version === undefined ? [] : observed.nodes.filter(node => isOlderThan(node, version));
    return older.length === 0 || version === undefined
        ? undefined
        : `as it was before ${version.publishedAt}: ${older.length} of ${observed.nodes.length} nodes are older`;
}
function isOlderThan({ allocatedAt }, { publishedAt }) {
    return allocatedAt !== undefined && publishedAt !== undefined && Date.parse(allocatedAt) < Date.parse(publishedAt);
}
function describeOther(differences) {
    const other = differences.find(isOther);
    return other === undefined
        ? ''
        : `; its nodes run the image ${String(other.present).slice(String(other.wanted).length + 2, -1)}`;
}
const isOther = ({ path, present, wanted }) => path === PATH && typeof present === 'string' && present.startsWith(`${String(wanted)} (`);
const hasOtherContent = (differences) => differences.some(isOther);

;// CONCATENATED MODULE: ./build/execute/take-stock.js





async function takeStock(run, step, answered) {
    if (writtenDifferences(step.body, answered).length === 0)
        return [];
    const rows = writtenDifferences(step.body, await pool_changes_readPool(run, step.poolId));
    if (rows.length === 0)
        return [];
    run.seen.unmade = { stepId: step.id, rows };
    return rows.map(({ path }) => path);
}
function isImageUnmade({ seen }) {
    return seen.unmade?.rows.some(({ path }) => path.endsWith('imageReference.id')) === true;
}
function unmadeError({ plan, seen }) {
    if (seen.unmade === undefined)
        return undefined;
    const pool = plan.pool === undefined ? '' : (0,arm_id/* nameOf */.Vb)(plan.pool.poolId);
    return new model_failure/* RunError */.e4('pool-refused', `pool ${pool}: Batch answered well, and left ${seen.unmade.rows.map(({ path }) => path).join(', ')} as it was`, 'take it out of the pool spec, or give the spec another name, so that a new pool is made with it; to have it tried again, ' +
        `delete "${pool_metadata/* UNMADE_ITEM */.Pc}" from the pool’s metadata`);
}

;// CONCATENATED MODULE: ./build/execute/version-changes.js









const UPDATE_MS = 150_000;
async function finishImageVersion(run, step) {
    const { excludeFromLatest, tags } = step;
    if (excludeFromLatest === undefined) {
        await change(run, step, { tags });
        return tellRegions(run, step, { version: await lookAtVersion(run, step.versionId), done: 'Azure has taken it on' });
    }
    const version = await lookAtVersion(run, step.versionId);
    if (excludeFromLatest === false && provesNothing(run, version))
        return 'stays hidden';
    const operation = await change(run, step, { excludeFromLatest, tags });
    const after = await whenTakenOn(run, step);
    const isDone = after.excludeFromLatest === excludeFromLatest;
    if (!isDone || (after.provisioningState === 'Failed' && !hasFailedRegion(after))) {
        throw notPromoted(await failedVersion(after, operation));
    }
    return tellRegions(run, step, { version: after, done: excludeFromLatest ? 'hidden' : 'promoted' });
}
function notPromoted(why) {
    if (!(why instanceof model_failure/* RunError */.e4))
        return why;
    const { cause, message, repetition } = why;
    const wayOut = repetition === 'after-change'
        ? why.wayOut
        : 'run again with the same inputs: what is there is taken up, and the change is sent again';
    return new model_failure/* RunError */.e4('image-failed', `not promoted: ${message}`, wayOut, cause).thatRepeats(repetition);
}
const hasFailedRegion = ({ replication }) => replication?.regions.some(({ state }) => state === 'Failed') === true;
function provesNothing(run, version) {
    if (isImageUnmade(run))
        return true;
    const nodes = run.seen.nodes ?? [];
    if (run.plan.pool === undefined || nodes.length === 0 || !nodes.every(node => isOlderThan(node, version)))
        return false;
    run.warn('finish-image', {
        message: `image version ${(0,arm_id/* nameOf */.Vb)(version.versionId)} stays hidden: every node of the pool is older than it, so none runs it`,
        wayOut: 'run again with image-change: in-place, which gives the pool nodes that run it'
    });
    return true;
}
async function changeImageRegions(run, step) {
    const { takeOff, regions, tags } = step;
    if (takeOff.length > 0) {
        await change(run, step, { takeOff, mayLoseRegions: true, tags: {} });
        run.say(step.id, `${takeOff.join(', ')} taken off`);
    }
    await change(run, step, { regions, tags });
    const version = await lookAtVersion(run, step.versionId);
    return tellRegions(run, step, { version, asked: regions.map(({ region }) => region), done: 'Azure has taken it on' });
}
async function awaitImageRegions(run, step) {
    return watch(run, async (_restart, progress) => {
        const version = await lookAtVersion(run, step.versionId);
        const rows = rowsOf(version, step.regions);
        for (const row of rows)
            if (row !== undefined)
                progress(row.region, row.progress, 100);
        if (rows.every(row => row?.state === 'Completed'))
            return `replicated to ${step.regions.join(', ')}`;
        if (!version_changes_isBusy(version))
            refuseFailedRegion(version, rows);
        return undefined;
    });
}
const MOST_CONFLICTS = 3;
async function change(run, step, asked) {
    let conflicts = 0;
    return watch(run, async () => {
        const version = await lookAtVersion(run, step.versionId);
        if (version_changes_isBusy(version))
            return undefined;
        try {
            return await run.azure.gallery.putVersion(step.versionId, mergedVersion(version.body, asked));
        }
        catch (error) {
            if (!isConflict(error) || ++conflicts >= MOST_CONFLICTS)
                throw refused(error, { reason: 'image-failed' });
            return undefined;
        }
    });
}
const isConflict = (error) => error instanceof errors/* AzureError */.M && error.status === 409 && error.code === 'Conflict';
function whenTakenOn(run, { versionId }) {
    return watch(run, async () => {
        const version = await lookAtVersion(run, versionId);
        const copies = version.replication?.regions.some(({ state }) => state !== 'Completed' && state !== 'Failed');
        return version_changes_isBusy(version) && copies !== true ? undefined : version;
    }, UPDATE_MS);
}
function version_changes_isBusy({ provisioningState }) {
    return provisioningState === 'Creating' || provisioningState === 'Updating';
}
function tellRegions(run, step, { version, done, asked = [] }) {
    const seen = withAsked(version.replication, asked);
    if (seen !== undefined)
        run.seen.replication = seen;
    const rows = seen?.regions ?? [];
    const failed = rows.filter(({ state, region }) => state === 'Failed' && !asked.includes(region));
    for (const row of failed)
        run.warn(step.id, failedRegion(version, row));
    const underWay = rows.filter(row => row.state !== 'Completed' && !failed.includes(row)).map(({ region }) => region);
    return underWay.length === 0 ? done : `${done}; still replicating to ${underWay.join(', ')}`;
}
function failedRegion({ versionId, replicationMode }, { region, details }) {
    const why = details === undefined ? '' : `: ${details}`;
    return {
        message: `image version ${(0,arm_id/* nameOf */.Vb)(versionId)} is not in ${region}: its replication failed${why}`,
        wayOut: replicationMode === 'Shallow'
            ? 'publish another version, or one with replication-mode: Full: a shallow one gains no region later'
            : 'run again with the same inputs (where image-version is auto, re-run this run): the region is taken off and added again, as Azure advises'
    };
}
function withAsked(replication, asked) {
    if (replication === undefined)
        return undefined;
    const missing = asked.filter(region => stateIn(replication, region) === undefined);
    const rows = missing.map(region => ({ region, state: 'Replicating', progress: 0 }));
    return { ...replication, regions: [...replication.regions, ...rows] };
}

;// CONCATENATED MODULE: ./build/plan/drain.js


const SHORTEST_RESIZE_TIMEOUT_MS = 5 * 60_000;
const LEAST_BETWEEN_MS = 5 * 60_000;
function decideDrain(step, pool, { msSinceAsked, remainingMs }) {
    const asked = msSinceAsked !== undefined;
    const has = (0,wave/* nodesOf */.Nh)(pool);
    const left = `${(0,wave_targets/* describeTargets */.Eg)(has)} left`;
    if (pool.allocationState !== 'Steady')
        return { kind: 'wait', reason: `${left}; the pool is ${pool.allocationState}` };
    const heldAtZero = pool.scale.kind === 'fixed' && pool.scale.targetDedicatedNodes + pool.scale.targetLowPriorityNodes === 0;
    if ((0,wave_targets/* totalOf */.e6)(has) === 0 && heldAtZero && asked)
        return { kind: 'done', reason: 'no nodes left' };
    const isStopped = pool.resize?.errors.some(({ code }) => code === 'ResizeStopped');
    if (asked && (!heldAtZero || isStopped)) {
        return {
            kind: 'overruled',
            reason: `${left}, and somebody else has ${heldAtZero ? 'stopped the drain' : 'given the pool another scale'}`
        };
    }
    const enough = remainingMs >= SHORTEST_RESIZE_TIMEOUT_MS;
    if (!asked && !enough) {
        return {
            kind: 'too-late',
            reason: `${left}; too little time is left to drain the pool and bring it back before the deadline`
        };
    }
    if (asked && enough && msSinceAsked < LEAST_BETWEEN_MS) {
        return { kind: 'wait', reason: `${left}; they are asked to go again 5 minutes after the last time` };
    }
    if (!asked || ((0,wave_targets/* totalOf */.e6)(has) > 0 && enough)) {
        const resizeTimeoutMs = Math.max(remainingMs, SHORTEST_RESIZE_TIMEOUT_MS);
        return { kind: 'empty', resizeTimeoutMs, reason: `${left}; to zero by ${step.drain}` };
    }
    return { kind: 'revert', reason: `${left}, and the drain-timeout is up` };
}

;// CONCATENATED MODULE: ./build/execute/empty-pool.js













const WAY_BACK_MS = 10 * 60_000;
const STOP_WITHIN_MS = 2_000;
async function emptyPool(run, step) {
    await refuseGoneImage(run);
    const ended = await drainOrStop(run, step);
    if (ended.kind === 'done')
        return ended.reason;
    const back = await giveBack(run, step);
    throw new model_failure/* RunError */.e4('drain-timeout', `${ended.reason}; the pool got its former scale back, kept its image, and has ${back}`, 'give the tasks longer (drain-timeout, within the deadline), or drain: requeue');
}
async function drainOrStop(run, step) {
    const begun = {};
    try {
        return await drain(run, step, begun);
    }
    catch (error) {
        if (run.signal.aborted && begun.askedAt !== undefined)
            await stopDraining(run, step);
        else if (begun.askedAt !== undefined)
            await tryToGiveBack(run, step);
        throw error;
    }
}
async function drain(run, step, begun) {
    const until = Math.min(run.clock.now() + step.drainTimeoutMs, run.deadlineAt - WAY_BACK_MS);
    let said = '';
    return watch(run, async (restart) => {
        const pool = await pool_changes_readPool(run, step.poolId);
        if (begun.askedAt === undefined)
            await refuseIfChanged(run, step, pool);
        const msSinceAsked = begun.askedAt === undefined ? undefined : run.clock.now() - begun.askedAt;
        const decision = decideDrain(step, pool, { msSinceAsked, remainingMs: until - run.clock.now() });
        if (decision.reason !== said && decision.kind !== 'done')
            run.say(step.id, (said = decision.reason));
        if (decision.kind === 'too-late') {
            throw new model_failure/* RunError */.e4('deadline-exceeded', decision.reason, 'give the run longer (deadline); the pool is as it was');
        }
        if (decision.kind === 'overruled') {
            throw new model_failure/* RunError */.e4('pool-changed', decision.reason, 'find out who changes the pool, then run again');
        }
        if (decision.kind === 'done' || decision.kind === 'revert')
            return decision;
        if (decision.kind === 'empty' &&
            (await askForZero(run, step, { pool, resizeTimeoutMs: decision.resizeTimeoutMs }))) {
            begun.askedAt = run.clock.now();
            restart();
        }
        return undefined;
    });
}
async function askForZero(run, step, { pool, resizeTimeoutMs }) {
    const scale = pool_steps_fixedScale({ dedicated: 0, lowPriority: 0 }, resizeTimeoutMs);
    const fixed = { ...scale, nodeDeallocationOption: (0,scale_body/* deallocationOption */.l)(step.drain) };
    const body = { properties: { scaleSettings: { fixedScale: fixed } } };
    try {
        await patchPool(run, pool, { body, metadata: step.keptMetadata, holdMs: resizeTimeoutMs });
        return true;
    }
    catch (error) {
        if (isBusy(error))
            return false;
        throw error;
    }
}
async function refuseIfChanged(run, step, pool) {
    if (!isAtZero(pool))
        refuseChanged(pool, step.found);
    if (!step.onlyIfIdle)
        return;
    const endpoint = run.plan.pool?.accountEndpoint ?? '';
    const { tasks } = await run.azure.batchService(endpoint).activeWork((0,arm_id/* nameOf */.Vb)(step.poolId));
    const counted = step.hasOnlyFailedNodes === true ? 0 : (0,wave_targets/* totalOf */.e6)((0,wave/* nodesOf */.Nh)(pool));
    if (counted + tasks > 0) {
        const has = `${(0,wave_targets/* describeTargets */.Eg)((0,wave/* nodesOf */.Nh)(pool))} and ${tasks} active or running tasks`;
        const message = `pool ${(0,arm_id/* nameOf */.Vb)(step.poolId)} was idle when the plan was made, and now has ${has}`;
        throw new model_failure/* RunError */.e4('pool-change-refused', message, 'run again when it is idle, or say image-change: in-place');
    }
}
async function giveBack(run, step) {
    const { metadata } = await pool_changes_readPool(run, step.poolId);
    if ((0,plan_lease/* leaseOf */.m8)(metadata) === undefined)
        run.lease.isHeld = false;
    await patchWhenSteady(run, step);
    run.say(step.id, 'the pool gets its former scale back');
    return watch(run, async () => {
        const pool = await pool_changes_readPool(run, step.poolId);
        return pool.allocationState === 'Steady' ? (0,wave_targets/* describeTargets */.Eg)((0,wave/* nodesOf */.Nh)(pool)) : undefined;
    });
}
async function patchWhenSteady(run, step) {
    const body = { properties: { scaleSettings: (0,scale_body/* formerScaleSettings */.V)(step.formerScale) } };
    for (;;) {
        const pool = await steadyPool(run, step);
        try {
            await patchPool(run, pool, { body, metadata: step.formerMetadata });
            return;
        }
        catch (error) {
            if (!isBusy(error))
                throw error;
        }
    }
}
async function tryToGiveBack(run, step) {
    try {
        if (isAtZero(await pool_changes_readPool(run, step.poolId)))
            await giveBack(run, step);
    }
    catch {
        run.say(step.id, 'the pool could not be given its former scale back; the next run does it');
    }
}
async function steadyPool(run, step) {
    const pool = await stopResize(run, step.poolId);
    if (pool.allocationState === 'Steady')
        return pool;
    run.say(step.id, `the pool is ${pool.allocationState}; its former scale waits until it is steady`);
    return watch(run, async () => {
        const seen = await pool_changes_readPool(run, step.poolId);
        return seen.allocationState === 'Steady' ? seen : undefined;
    });
}
async function stopDraining(run, step) {
    try {
        await (0,time_limit/* within */.ux)(run.clock, STOP_WITHIN_MS, limit => stopResize({ ...run, azure: run.azure.until(limit) }, step.poolId));
        run.say(step.id, 'the drain is stopped; the next run goes on with the pool, and gives it its scale back');
    }
    catch (error) {
        if (error instanceof model_failure/* RunError */.e4 && error.reason === 'pool-leased')
            return;
        run.say(step.id, 'the drain could not be stopped; the pool goes on to zero nodes');
    }
}

// EXTERNAL MODULE: ./build/model/remedy.js
var remedy = __webpack_require__(61368);
;// CONCATENATED MODULE: ./build/execute/pool-steps.js












const EVALUATION_SLACK_MS = 5 * 60_000;
const MOST_EVALUATIONS = 3;
async function pool_steps_createPool(run, step) {
    const pool = await createPool(run, step.poolId, step.body);
    await takeStock(run, step, pool);
    return `created; ${pool.allocationState}`;
}
async function pool_steps_patchPool(run, step) {
    const pool = await pool_changes_readPool(run, step.poolId);
    refuseChanged(pool, step.found);
    return pool_steps_change(run, step, pool);
}
async function changePoolImage(run, step) {
    const { found } = step;
    try {
        await refuseGoneImage(run);
        const pool = await pool_changes_readPool(run, step.poolId);
        refuseChanged(pool, isAtZero(pool) ? { ...found, scale: pool.scale } : found);
        return await pool_steps_change(run, step, pool);
    }
    catch (error) {
        const emptied = run.plan.steps.find(other => other.kind === 'empty-pool');
        if (emptied?.kind !== 'empty-pool' || run.signal.aborted)
            throw error;
        const pool = await pool_changes_readPool(run, step.poolId);
        if (isAtZero(pool) && (0,arm_id/* sameId */.s)(pool.imageId ?? '', found.imageId ?? ''))
            await giveBack(run, emptied);
        throw error;
    }
}
async function pool_steps_change(run, step, pool) {
    const { body, metadata } = step;
    const undone = await takeStock(run, step, await patchPool(run, pool, { body, metadata, holdMs: 0 }));
    return undone.length === 0 ? 'Batch took it' : `Batch took it, and left as it was: ${undone.join(', ')}`;
}
async function finishPool(run, step) {
    const before = await pool_steps_patchWhenSteady(run, step).catch((error) => {
        if (step.housekeeping !== true || run.signal.aborted)
            throw error;
        run.say(step.id, `${error instanceof Error ? error.message : String(error)}; tried once more`);
        return pool_steps_patchWhenSteady(run, step);
    });
    return evaluated(run, step, before);
}
async function evaluated(run, step, before) {
    if (step.evaluationIntervalMs === undefined)
        return `let go, with ${(0,wave_targets/* describeTargets */.Eg)((0,wave/* nodesOf */.Nh)(before))}`;
    const seen = await firstEvaluation(run, step, before);
    return `the formula rules; ${(0,wave_targets/* describeTargets */.Eg)((0,wave/* nodesOf */.Nh)(seen))} now`;
}
async function firstEvaluation(run, step, before) {
    const patience = (step.evaluationIntervalMs ?? 0) + EVALUATION_SLACK_MS;
    let last = before;
    let failed = 0;
    let until = run.clock.now() + patience;
    run.say(step.id, `the formula’s first evaluation is awaited, until ${(0,utc/* utcSeconds */.k)(until)} at the longest`);
    return watch(run, async () => {
        const pool = await pool_changes_readPool(run, step.poolId);
        if (hasEvaluatedSince(last, pool)) {
            const error = pool.autoScaleRun?.error;
            if (error === undefined)
                return pool;
            failed += 1;
            if ((0,remedy/* remedyOf */.S)(error) !== 'retry' || failed >= MOST_EVALUATIONS)
                throw notEvaluated(error);
            run.say(step.id, `${(0,wave/* describeError */.Uc)(error)}; the next evaluation is waited for`);
            last = pool;
            until = run.clock.now() + patience;
        }
        if (run.clock.now() < until)
            return undefined;
        throw new model_failure/* RunError */.e4('autoscale-failed', `the formula was not evaluated within ${Math.round(patience / 60_000)} minutes`, 'look at the pool’s autoScaleRun; the nodes stay as they are until then');
    });
}
function notEvaluated(error) {
    return new model_failure/* RunError */.e4('autoscale-failed', `the formula could not be evaluated: ${(0,wave/* describeError */.Uc)(error)}`, `${evaluationWayOut(error)}; the nodes stay as they are until then`);
}
function evaluationWayOut(error) {
    if (error.code.toLowerCase() === 'insufficientsampledata')
        return 'let autoScale.formula ask GetSamplePercent whether there are samples before it takes them';
    switch ((0,remedy/* remedyOf */.S)(error)) {
        case 'retry':
            return 'run again later';
        case 'wait-for-quota':
            return 'ask for more quota of the Batch account, or shrink another pool, then run again';
        case 'fix-input':
        case 'give-up':
            return 'correct autoScale.formula in the pool spec';
    }
}
function pool_steps_patchWhenSteady(run, step) {
    let isSaid = false;
    return watch(run, async () => {
        const pool = await pool_changes_readPool(run, step.poolId);
        if (pool.allocationState !== 'Steady') {
            if (!isSaid)
                run.say(step.id, `the pool is ${pool.allocationState}; its last change waits until it is steady`);
            isSaid = true;
            return undefined;
        }
        try {
            await patchPool(run, pool, { body: step.body, metadata: step.metadata });
            return pool;
        }
        catch (error) {
            if (isBusy(error))
                return undefined;
            throw error;
        }
    });
}
function hasEvaluatedSince(before, now) {
    const time = now.autoScaleRun?.evaluationTime;
    return time !== undefined && time !== before.autoScaleRun?.evaluationTime;
}

// EXTERNAL MODULE: ./build/plan/ask-nodes.js
var ask_nodes = __webpack_require__(47291);
;// CONCATENATED MODULE: ./build/plan/formula-shortfall.js


function formulaShortfall(pool) {
    const [error] = pool.resize?.errors ?? [];
    if (pool.scale.kind !== 'auto' || pool.allocationState !== 'Steady' || error === undefined)
        return undefined;
    const has = (0,ask_nodes/* nodesOf */.Nh)(pool);
    const asked = {
        dedicated: pool.resize?.targetDedicatedNodes ?? has.dedicated,
        lowPriority: pool.resize?.targetLowPriorityNodes ?? has.lowPriority
    };
    return (0,wave_targets/* isShort */.tQ)(has, asked) ? { asked, has, error } : undefined;
}

;// CONCATENATED MODULE: ./build/execute/verify-nodes.js











async function verifyNodes(run, step) {
    const until = run.clock.now() + step.settleMs;
    const looks = nodeLooks(run);
    const said = teller(run, step.id);
    return watch(run, async (_restart, progress) => {
        const pool = await pool_changes_readPool(run, step.poolId);
        const expected = (0,wave_targets/* totalOf */.e6)((0,wave/* nodesOf */.Nh)(pool));
        if (pool.allocationState !== 'Steady' && run.clock.now() < until) {
            said(`${(0,wave_targets/* describeTargets */.Eg)((0,wave/* nodesOf */.Nh)(pool))}; the pool is ${pool.allocationState}`);
            return undefined;
        }
        const { nodes, msShort } = looks.at(await readNodes(run), expected);
        const tally = (0,plan_nodes/* tallyNodes */.g4)(nodes, step.nodeTimeoutMs);
        progress('settled', tally.total - tally.pending, expected);
        if (expected === 0)
            return unlessShort(run, step, { pool, done: tally.states });
        const isOver = pool.scale.kind === 'auto' && run.clock.now() >= until;
        const health = judged(step, { tally, msShort, expected, isOver });
        if (health.kind === 'halt')
            throw await failed(run, { tally, verdict: health.verdict });
        if (health.kind === 'healthy')
            return unlessShort(run, step, { pool, done: tally.states });
        said(health.reason);
        return undefined;
    });
}
function judged(step, { tally, msShort, expected, isOver }) {
    const { maxUnhealthy, nodeTimeoutMs } = step;
    const startsForEver = isOver && tally.healthy > 0;
    const health = (0,plan_nodes/* judgeHealth */.u7)({
        tally: startsForEver ? { ...tally, pending: 0 } : tally,
        expected: startsForEver ? tally.total : expected,
        msShort,
        outOf: expected,
        maxUnhealthy,
        nodeTimeoutMs,
        hasChance: false
    });
    if (health.kind === 'healthy' || health.kind === 'wait')
        return health;
    if (health.kind === 'bad')
        return { kind: 'halt', verdict: health };
    const mayComeBack = (tally.preemptedMs ?? Infinity) <= nodeTimeoutMs;
    return mayComeBack
        ? { kind: 'wait', reason: `${tally.states}: Batch may bring them back` }
        : { kind: 'halt', verdict: (0,plan_nodes/* apartVerdict */.KZ)(tally, nodeTimeoutMs) };
}
async function unlessShort(run, { id }, { pool, done }) {
    const shortfall = formulaShortfall(pool);
    if (shortfall === undefined)
        return done;
    const { asked, has, error } = shortfall;
    const { reason: failure, repetition, wayOut } = (0,remedy/* resizeMeaning */.a)(error);
    const reason = `the formula asked for ${(0,wave_targets/* describeTargets */.Eg)(asked)}, and the pool has ${(0,wave_targets/* describeTargets */.Eg)(has)}: ${(0,wave/* describeError */.Uc)(error)}`;
    const verdict = { failure, repetition, wayOut, reason };
    const looked = await withImageLookedAt(run, verdict);
    const isImageGone = looked !== verdict;
    if (isImageGone || (0,wave_targets/* totalOf */.e6)(has) === 0) {
        throw new model_failure/* RunError */.e4(looked.failure, looked.reason, looked.wayOut).thatRepeats(looked.repetition);
    }
    run.warn(id, { message: reason, wayOut: `the formula asks again at each evaluation; if it goes on: ${wayOut}` });
    return done;
}
async function failed(run, { tally, verdict }) {
    return halted(run, verdict, { bad: tally.bad, output: await startTaskOutput(run, tally.bad) });
}

;// CONCATENATED MODULE: ./build/execute/snapshot-steps.js




const MADE_ANEW = 'run again with the same inputs; a failed snapshot is made anew';
async function createSnapshot(run, step) {
    await orRefused(run.azure.compute.createSnapshot(step.snapshotId, step.body), {
        reason: 'snapshot-failed',
        wayOut: MADE_ANEW
    });
    return awaitSnapshot(run, step);
}
async function awaitSnapshot(run, step) {
    let said;
    return watch(run, async (_restart, progress) => {
        const snapshot = await run.azure.compute.getSnapshot(step.snapshotId);
        const { provisioningState: state, completionPercent } = snapshot ?? { provisioningState: 'gone' };
        if (state === 'Failed' || state === 'gone') {
            const message = `snapshot ${(0,arm_id/* nameOf */.Vb)(step.snapshotId)} is ${state}`;
            throw new model_failure/* RunError */.e4('snapshot-failed', message, MADE_ANEW).thatRepeats('helps');
        }
        if (completionPercent !== undefined)
            progress('percent', completionPercent, 100);
        if (completionPercent !== undefined && completionPercent !== said) {
            said = completionPercent;
            run.say(step.id, `${completionPercent}% copied`);
        }
        return state === 'Succeeded' && (completionPercent ?? 100) >= 100 ? 'copied' : undefined;
    });
}
async function deleteSnapshot(run, step) {
    await run.azure.compute.deleteSnapshot(step.snapshotId);
    return 'deleted';
}

;// CONCATENATED MODULE: ./build/execute/perform.js








function perform(run, step) {
    switch (step.kind) {
        case 'stop-vm':
            return stopVm(run, step);
        case 'verify-vm-stopped':
            return verifyVmStopped(run, step);
        case 'start-vm':
            return startVm(run, step);
        case 'create-snapshot':
            return createSnapshot(run, step);
        case 'await-snapshot':
            return awaitSnapshot(run, step);
        case 'delete-snapshot':
            return deleteSnapshot(run, step);
        case 'create-gallery-image':
            return createGalleryImage(run, step);
        case 'create-image-version':
            return createImageVersion(run, step);
        case 'await-image-version':
            return awaitImageVersion(run, step);
        case 'settle-image-version':
            return settleImageVersion(run, step);
        case 'finish-image-version':
            return finishImageVersion(run, step);
        case 'change-image-regions':
            return changeImageRegions(run, step);
        case 'await-image-regions':
            return awaitImageRegions(run, step);
        case 'create-managed-image':
            return createManagedImage(run, step);
        case 'await-managed-image':
            return awaitManagedImage(run, step);
        case 'create-pool':
            return pool_steps_createPool(run, step);
        case 'patch-pool':
            return pool_steps_patchPool(run, step);
        case 'empty-pool':
            return emptyPool(run, step);
        case 'change-pool-image':
            return changePoolImage(run, step);
        case 'grow-pool':
            return growPool(run, step);
        case 'finish-pool':
            return finishPool(run, step);
        case 'verify-nodes':
            return verifyNodes(run, step);
    }
}

;// CONCATENATED MODULE: ./build/execute/execute.js






async function execute(deps, plan, signal) {
    const run = {
        ...deps,
        azure: deps.azure.until(signal),
        plan,
        signal,
        seen: {},
        lease: { isHeld: false }
    };
    const outcomes = new Map(plan.steps.map(({ id }) => [id, { id, status: 'not-started' }]));
    const started = new Map();
    let failure;
    const runStep = async (step) => {
        const ready = await Promise.all(step.after.map(id => started.get(id)));
        if (ready.includes(false) || signal.aborted)
            return false;
        const { outcome, error } = await performStep(run, step);
        outcomes.set(step.id, outcome);
        if (outcome.status === 'failed' && step.housekeeping !== true)
            failure ??= { step, error };
        if (outcome.status === 'failed' && step.housekeeping === true)
            run.warn(step.id, leftBehind(step, error));
        return outcome.status === 'done';
    };
    for (const step of plan.steps)
        started.set(step.id, runStep(step));
    await Promise.all(started.values());
    failure ??= cutOff(run, outcomes) ?? leftUndone(run, outcomes);
    return { steps: [...outcomes.values()], seen: run.seen, ...(failure === undefined ? {} : { failure }) };
}
function cutOff(run, outcomes) {
    const { plan, signal } = run;
    if (!signal.aborted)
        return undefined;
    const undone = plan.steps.filter(({ id }) => outcomes.get(id)?.status !== 'done');
    if (undone.every(({ housekeeping }) => housekeeping === true)) {
        for (const step of undone.filter(({ id }) => outcomes.get(id)?.status !== 'failed')) {
            run.warn(step.id, leftBehind(step, signal.reason));
        }
        return undefined;
    }
    const step = undone.find(({ id, housekeeping }) => housekeeping !== true && outcomes.get(id)?.status === 'cancelled');
    return { ...(step && { step }), error: signal.reason };
}
function leftUndone(run, outcomes) {
    const error = unmadeError(run);
    const step = run.plan.steps.find(({ id }) => id === run.seen.unmade?.stepId);
    const outcome = step && outcomes.get(step.id);
    if (error === undefined || step === undefined || outcome === undefined)
        return undefined;
    outcomes.set(outcome.id, { ...outcome, status: 'failed' });
    return { step, error };
}
async function performStep(run, step) {
    const startedAt = run.clock.now();
    const record = (event) => {
        if (!(0,model_step/* changesAzure */.b)(step))
            return;
        run.journal.write({
            at: run.clock.now(),
            step: step.id,
            event,
            kind: step.kind,
            target: (0,model_step/* targetOf */.$)(step),
            title: step.title
        });
    };
    try {
        record('begin');
        run.say(step.id, step.title);
        const note = await performAloud(run, step);
        tryTo(() => record('end'));
        run.say(step.id, note);
        return { outcome: { id: step.id, status: 'done', startedAt, endedAt: run.clock.now(), note } };
    }
    catch (error) {
        tryTo(() => record('fail'));
        const status = run.signal.aborted ? 'cancelled' : 'failed';
        const note = error instanceof Error ? error.message : String(error);
        if (status === 'cancelled' || step.housekeeping !== true)
            run.say(step.id, `${status}: ${note}`);
        return { outcome: { id: step.id, status, startedAt, endedAt: run.clock.now(), note }, error };
    }
}
function performAloud(run, step) {
    let last = step.title;
    const tell = (silentMs) => run.say(step.id, `still, after ${(0,elapsed/* elapsedText */.Q)(silentMs)}: ${last}`);
    return withHeartbeat({ clock: run.clock, signal: run.signal, tell }, spoke => perform({
        ...run,
        say: (id, line) => {
            run.say(id, line);
            if (id !== step.id)
                return;
            last = line;
            spoke();
        }
    }, step));
}
function tryTo(effect) {
    try {
        effect();
    }
    catch {
    }
}

;// CONCATENATED MODULE: ./build/execute/resource-ledger.js

function resourceLedger() {
    const rows = new Map();
    const rowOf = (id) => {
        const row = rows.get(id.toLowerCase()) ?? { id, deeds: [] };
        rows.set(id.toLowerCase(), row);
        return row;
    };
    const write = async (id, deed, call) => {
        try {
            const answer = await call;
            const row = rowOf(id);
            if (row.deeds.at(-1) !== deed)
                row.deeds.push(deed);
            row.exists = deed !== 'deleted';
            return answer;
        }
        catch (error) {
            const row = rowOf(id);
            if (!resource_ledger_isRefusal(error, deed))
                markUncertain(row, deed, error);
            else if (deed === 'made')
                row.exists ??= false;
            throw error;
        }
    };
    const read = async (id, call) => {
        const found = await call;
        rowOf(id).exists = found !== undefined;
        return found;
    };
    const wasThere = (id) => rowOf(id).exists === true;
    const watching = (azure) => ({
        ...azure,
        compute: watchedCompute(azure.compute, { write, read }),
        gallery: watchedGallery(azure.gallery, { write, read }, wasThere),
        batch: watchedBatch(azure.batch, { write, read }),
        until: signal => watching(azure.until(signal))
    });
    return { resources: () => [...rows.values()].map(row => ({ ...row, deeds: [...row.deeds] })), watching };
}
function markUncertain(row, deed, error) {
    row.isUncertain = true;
    if (deed === 'deleted' && isFailedOperation(error))
        row.exists = true;
    else if (deed === 'made' || deed === 'deleted')
        delete row.exists;
}
const isFailedOperation = (error) => error instanceof errors/* AzureError */.M && error.status === undefined && error.cause === undefined;
function resource_ledger_isRefusal(error, deed) {
    if (!(error instanceof errors/* AzureError */.M) || error.status === undefined)
        return false;
    return error.status >= 400 && error.status < 500 && (error.tries === 1 || deed === 'deleted');
}
function watchedCompute(compute, { write, read }) {
    return {
        ...compute,
        getVm: id => read(id, compute.getVm(id)),
        setVmTags: (id, tags, etag) => write(id, 'changed', compute.setVmTags(id, tags, etag)),
        deallocateVm: id => write(id, 'stopped', compute.deallocateVm(id)),
        startVm: id => write(id, 'started', compute.startVm(id)),
        getSnapshot: id => read(id, compute.getSnapshot(id)),
        createSnapshot: (id, body) => write(id, 'made', compute.createSnapshot(id, body)),
        deleteSnapshot: id => write(id, 'deleted', compute.deleteSnapshot(id)),
        getManagedImage: id => read(id, compute.getManagedImage(id)),
        createManagedImage: (id, body) => write(id, 'made', compute.createManagedImage(id, body))
    };
}
function watchedGallery(gallery, { write, read }, wasThere) {
    return {
        ...gallery,
        createGalleryImage: (id, body) => write(id, 'made', gallery.createGalleryImage(id, body)),
        getVersion: (id, options) => read(id, gallery.getVersion(id, options)),
        putVersion: (id, body) => write(id, wasThere(id) ? 'changed' : 'made', gallery.putVersion(id, body))
    };
}
function watchedBatch(batch, { write, read }) {
    return {
        ...batch,
        getPool: (id, version) => read(id, batch.getPool(id, version)),
        createPool: (id, body, version) => write(id, 'made', batch.createPool(id, body, version)),
        patchPool: (id, body, condition) => write(id, 'changed', batch.patchPool(id, body, condition)),
        stopResize: (id, version) => write(id, 'changed', batch.stopResize(id, version))
    };
}

;// CONCATENATED MODULE: ./build/model/resource-outcome.js

function resourceOf(resources, id) {
    return resources.find(one => (0,arm_id/* sameId */.s)(one.id, id));
}
function hasChanged({ deeds, isUncertain }) {
    return deeds.length > 0 || isUncertain === true;
}

;// CONCATENATED MODULE: ./build/report/service-networking.js
const OF_THE_SERVICE = /^(?:Account_List|ComputeNode_|File_|Job_|JobSchedule_|Task_)/;
function withNetworking({ operation, status }, wayOut) {
    if (!OF_THE_SERVICE.test(operation) || (status !== undefined && status !== 403))
        return wayOut;
    return `${wayOut}; see also the Batch account’s networking: its publicNetworkAccess or network rules may keep this runner out of the Batch service`;
}

;// CONCATENATED MODULE: ./build/report/failure.js






function failureOf(error, step, context = {}) {
    const failure = classify(error, context);
    return step === undefined ? failure : { ...failure, step };
}
function classify(error, context) {
    if (error instanceof model_failure/* RunError */.e4)
        return runFailure(error);
    if (isAbort(error))
        return abortFailure(error, context);
    if (error instanceof errors/* AzureError */.M)
        return azureFailure(error);
    if (isSignInError(error))
        return signInFailure(error);
    const connection = connectionErrorOf(error);
    if (connection !== undefined)
        return unreachable(`no connection to Azure: ${connection.message}`, []);
    return defect(error, context);
}
function runFailure(error) {
    const { reason, wayOut, cause } = error;
    const isAzures = cause instanceof errors/* AzureError */.M;
    const lines = error.message.split('\n').filter(line => line.trim() !== '');
    const several = lines.length > 1 && !isAzures;
    const repetition = error.repetition ?? repetitionOf(cause);
    return {
        reason,
        ...(repetition === undefined ? {} : { repetition }),
        message: several
            ? `${lines.length} problems, all of which must be solved`
            : isAzures
                ? (0,plain_text/* oneLine */.TN)(error.message)
                : error.message,
        wayOut,
        details: [
            ...(several ? lines : []),
            ...error.details,
            ...(cause === undefined ? [] : causeLines(cause).filter(line => !error.message.includes(line)))
        ]
    };
}
function repetitionOf(cause) {
    return cause instanceof errors/* AzureError */.M ? meaningOf(cause)?.repetition : undefined;
}
function causeLines(cause) {
    if (cause instanceof errors/* AzureError */.M)
        return [cause.message, ...azureDetails(cause)];
    return [cause instanceof Error ? cause.message : String(cause)];
}
function azureDetails({ details }) {
    return details.map(({ code, message }) => (code === '' ? message : `${code}: ${message}`));
}
function isAbort(error) {
    return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}
function abortFailure(error, { abortReason }) {
    const why = abortReason ?? error.cause;
    if (why instanceof model_failure/* RunError */.e4)
        return runFailure(why);
    const timeout = error.name === 'TimeoutError' || (why instanceof Error && why.name === 'TimeoutError');
    return timeout
        ? {
            reason: 'deadline-exceeded',
            message: 'the deadline came before the end of the run',
            wayOut: 'run it again with the same inputs, which takes up what stands, or raise the input "deadline"',
            details: []
        }
        : {
            reason: 'cancelled',
            message: 'the run was cancelled',
            wayOut: 'run it again with the same inputs, which takes up what stands',
            details: []
        };
}
const CONNECTION_CODES = new Set([
    'ECONNREFUSED',
    'ECONNRESET',
    'ECONNABORTED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETDOWN',
    'ENETUNREACH',
    'ETIMEDOUT',
    'EPIPE',
    'EPROTO',
    'PARSE_ERROR',
    'REQUEST_SEND_ERROR',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_SOCKET',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE'
]);
function connectionErrorOf(error, depth = 0) {
    if (!(error instanceof Error) || depth > 5)
        return undefined;
    const code = 'code' in error ? error.code : undefined;
    if (typeof code === 'string' && CONNECTION_CODES.has(code))
        return error;
    return connectionErrorOf(error.cause, depth + 1);
}
const SIGN_IN_ERRORS = new Set([
    'AuthenticationError',
    'AggregateAuthenticationError',
    'AuthenticationRequiredError',
    'CredentialUnavailableError'
]);
function isSignInError(error) {
    return error instanceof Error && SIGN_IN_ERRORS.has(error.name);
}
function signInFailure(error) {
    return {
        reason: 'sign-in-failed',
        message: `sign-in failed: ${(0,plain_text/* oneLine */.TN)(error.message)}`,
        wayOut: 'check "client-id" and "tenant-id", that the job has "permissions: id-token: write", and that the app’s federated credential names this repository and ref or environment',
        details: []
    };
}
function azureFailure(error) {
    const classified = classifyAzure(error);
    const wayOut = withNetworking(error, classified.wayOut);
    return { ...classified, wayOut, message: (0,plain_text/* oneLine */.TN)(error.message), details: azureDetails(error) };
}
function classifyAzure(error) {
    if (isUnreachable(error))
        return { reason: 'azure-unreachable', wayOut: unreachableWayOut(error) };
    const { status } = error;
    if (status === 429)
        return { reason: 'throttled', wayOut: throttledWayOut(error) };
    if (status === 412 && isAboutPool(error)) {
        return {
            reason: 'pool-changed',
            wayOut: 'see in the pool’s activity log who changed it, and run again once that is done: the plan is made anew from what stands'
        };
    }
    const meaning = meaningOf(error) ?? (status === 403 ? denialOf(error) : undefined);
    if (meaning !== undefined) {
        return { ...meaning, reason: meaning.reason ?? (status === 401 ? 'sign-in-failed' : 'azure-error') };
    }
    if (status === 401)
        return { reason: 'sign-in-failed', wayOut: TOKEN_WAY_OUT };
    return { reason: 'azure-error', wayOut: unknownWayOut(error) };
}
function denialOf({ operation, message, details }) {
    return meaningOf({ operation, message, details, code: 'AuthorizationFailed' });
}
const TOKEN_WAY_OUT = 'the token was refused: check that "tenant-id" is the tenant of the subscription and that "cloud" is its cloud; for the Batch service, that the account allows AAD authentication';
function isAboutPool({ operation, target }) {
    return /^pools?_/i.test(operation) || /\/batchAccounts\/[^/]+\/pools\//i.test(target);
}
function isUnreachable(error) {
    if (error.status !== undefined)
        return error.status >= 500 || error.status === 408;
    return CONNECTION_CODES.has(error.code) || connectionErrorOf(error.cause) !== undefined;
}
const runAgainAfter = ({ givenUp }) => `run again ${givenUp?.notBefore === undefined ? 'later' : `after ${(0,utc/* utc */.n)(givenUp.notBefore)}`} with the same inputs, which takes up what stands`;
function throttledWayOut(error) {
    return `${runAgainAfter(error)}; see what else calls Azure in this subscription, for its limits are shared by all, and raise poll-interval`;
}
function unreachableWayOut(error) {
    return error.givenUp?.notBefore === undefined
        ? UNREACHABLE_WAY_OUT
        : `${runAgainAfter(error)}; see Azure’s status page for what is going on until then`;
}
const UNREACHABLE_WAY_OUT = 'see Azure’s status page and whether the runner reaches Azure (proxy, firewall, DNS), and run again with the same inputs, which takes up what stands';
function unreachable(message, details) {
    return { reason: 'azure-unreachable', message, wayOut: UNREACHABLE_WAY_OUT, details };
}
function defect(error, { debug = false }) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    return {
        reason: 'internal-error',
        message: `a defect of this action: ${(0,plain_text/* oneLine */.TN)(message)}`,
        wayOut: 'report it with the version of the action; a run with debug logging ("ACTIONS_STEP_DEBUG") shows the stack',
        details: debug ? stack.split('\n').map(line => line.trimEnd()) : []
    };
}

;// CONCATENATED MODULE: ./build/report/standing.js


const SNAPSHOT_NOTE = 'the next run with the same inputs takes it up; it is deleted once the image version is there';
const LEFT_SNAPSHOT_NOTE = 'nothing needs it any more, and it costs money; the next run from the same inputs deletes it';
const KEPT_SNAPSHOT_NOTE = 'stays under its image; the next run with the same inputs takes it up';
const UNMADE_NOTE = 'is not there, or not whole, for its step failed: the next run with the same inputs takes it up, or makes it anew';
const NEW_POOL_NOTE = 'its nodes cost money; the next run goes on with it';
const FORMER_POOL_NOTE = 'was there before; the next run goes on with it';
const EMPTIED_POOL_NOTE = 'was emptied for another image, and may not have all of its nodes back; the next run goes on with it';
const TAGGED_FAILED_NOTE = 'hidden, and tagged as failed: nodes that ran it failed again and again';
const STOPPED_VM_NOTE = 'was stopped for its snapshots, and was not seen running again: the post step tries it too; see whether it runs, and start it (az vm start)';
const STOPPED_VM_CANCELLED_NOTE = 'is stopped for its snapshots; the post step starts it again';
const FORMER_VERSION_NOTE = 'was there before';
const OPEN_VERSION_NOTE = 'hidden until it is proved; the next run with the same inputs takes it up';
function standingOf(plan, outcomes, { failure, vm, isTaggedFailed, resources = [] } = {}) {
    const statusOf = new Map(outcomes.map(({ id, status }) => [id, status]));
    const begun = (step) => (statusOf.get(step.id) ?? 'not-started') !== 'not-started';
    const formerNote = mayBeEmptied(plan, statusOf, failure) ? EMPTIED_POOL_NOTE : FORMER_POOL_NOTE;
    const versionNote = plan.image?.decision === 'keep' ? FORMER_VERSION_NOTE : OPEN_VERSION_NOTE;
    const rows = plan.steps.filter(begun).flatMap(step => {
        const snapshotNote = snapshotNoteOf(plan, statusOf, step);
        const told = standing(step, { failure, vm, isTaggedFailed, formerNote, versionNote, snapshotNote });
        const isUnmade = MAKES.has(step.kind) && statusOf.get(step.id) === 'failed';
        return isUnmade ? told.map(row => ({ ...row, note: UNMADE_NOTE })) : told;
    });
    const unique = new Map(rows.toReversed().map(row => [row.id.toLowerCase(), row]));
    return [...unique]
        .toReversed()
        .filter(([id]) => resourceOf(resources, id)?.exists !== false)
        .map(([, row]) => row);
}
const MAKES = new Set([
    'create-snapshot',
    'create-gallery-image',
    'create-image-version',
    'create-managed-image',
    'create-pool'
]);
function snapshotNoteOf({ steps }, statusOf, step) {
    if (!('snapshotId' in step))
        return '';
    const deletion = steps.find(one => one.kind === 'delete-snapshot' && (0,arm_id/* sameId */.s)(one.snapshotId, step.snapshotId));
    if (deletion === undefined)
        return KEPT_SNAPSHOT_NOTE;
    return statusOf.get(deletion.id) === 'failed' ? LEFT_SNAPSHOT_NOTE : SNAPSHOT_NOTE;
}
const NODES_ARE_BACK = new Set(['drain-timeout', 'pool-changed', 'pool-change-refused']);
function mayBeEmptied({ steps }, statusOf, failure) {
    const find = (kind) => steps.find(step => step.kind === kind);
    const [empties, grows] = [find('empty-pool'), find('grow-pool')];
    if (empties === undefined || grows === undefined || statusOf.get(grows.id) === 'done')
        return false;
    if ((statusOf.get(empties.id) ?? 'not-started') === 'not-started')
        return false;
    return !(failure?.step === empties.id && NODES_ARE_BACK.has(failure.reason));
}
function standing(step, { failure, vm, isTaggedFailed, formerNote, versionNote, snapshotNote }) {
    switch (step.kind) {
        case 'stop-vm':
        case 'start-vm':
            return vm !== 'held'
                ? []
                : [
                    {
                        id: step.vmId,
                        kind: 'Microsoft.Compute/virtualMachines',
                        role: 'source VM',
                        note: failure?.reason === 'cancelled' ? STOPPED_VM_CANCELLED_NOTE : STOPPED_VM_NOTE
                    }
                ];
        case 'create-snapshot':
        case 'await-snapshot':
            return [{ id: step.snapshotId, kind: 'Microsoft.Compute/snapshots', role: 'snapshot', note: snapshotNote }];
        case 'create-gallery-image':
            return [
                {
                    id: step.galleryImageId,
                    kind: 'Microsoft.Compute/galleries/images',
                    role: 'image definition',
                    note: 'costs nothing'
                }
            ];
        case 'create-image-version':
        case 'await-image-version':
            return [
                {
                    id: step.versionId,
                    kind: 'Microsoft.Compute/galleries/images/versions',
                    role: 'image version',
                    note: isTaggedFailed === true ? TAGGED_FAILED_NOTE : versionNote
                }
            ];
        case 'create-managed-image':
        case 'await-managed-image':
            return [
                {
                    id: step.imageId,
                    kind: 'Microsoft.Compute/images',
                    role: 'managed image',
                    note: 'its snapshots stay as long as it does'
                }
            ];
        case 'create-pool':
        case 'patch-pool':
        case 'empty-pool':
        case 'change-pool-image':
        case 'grow-pool':
        case 'finish-pool':
            return [
                {
                    id: step.poolId,
                    kind: 'Microsoft.Batch/batchAccounts/pools',
                    role: 'pool',
                    note: step.kind === 'create-pool' ? NEW_POOL_NOTE : formerNote
                }
            ];
        case 'verify-vm-stopped':
        case 'delete-snapshot':
        case 'settle-image-version':
        case 'finish-image-version':
        case 'change-image-regions':
        case 'await-image-regions':
        case 'verify-nodes':
            return [];
    }
}

;// CONCATENATED MODULE: ./build/trace-defect.js

function traceDefect({ log }, error) {
    if (!(error instanceof Error) || failureOf(error).reason !== 'internal-error')
        return;
    log.debug(error.stack ?? error.message);
    if (error.cause !== undefined)
        traceDefect({ log }, error.cause);
}

;// CONCATENATED MODULE: ./build/performing.js












async function performing_perform(deps, { azure, spec, plan, observed, signal, cancelled, startedAt }) {
    const { clock, env, journal, log } = deps;
    const width = Math.max(0, ...plan.steps.map(({ id }) => id.length));
    const say = (stepId, line) => log.say((0,plain_text/* logLine */.BP)(`${(0,elapsed/* timeSince */._)(startedAt, clock.now())}  ${stepId.padEnd(width)}  ${line}`));
    const { pollIntervalMs, deadlineMs } = spec;
    const skewMs = observed.account?.aheadMs ?? observed.source?.aheadMs ?? 0;
    const warnings = [];
    const ledger = resourceLedger();
    const executing = {
        azure: ledger.watching(azure),
        clock,
        env,
        journal,
        say,
        warn: (step, { message, wayOut }) => {
            warnings.push({ step, message, wayOut });
            say(step, `warning: ${message}`);
        },
        pollIntervalMs,
        deadlineAt: startedAt + deadlineMs,
        context: deps.context,
        azureNow: () => clock.now() + skewMs
    };
    const executed = await execute(executing, plan, signal);
    traceDefect(deps, executed.failure?.error);
    const failure = executed.failure && failureOf(executed.failure.error, executed.failure.step?.id, { abortReason: signal.reason });
    const isCancelled = cancelled.aborted;
    const restMs = executed.failure?.error instanceof errors/* AzureError */.M ? (executed.failure.error.retryAfterMs ?? 0) : 0;
    journal.undoingBegins();
    await (0,time_limit/* within */.ux)(clock, isCancelled ? LAST_LOOK_MS : AFTERMATH_MS, timeIsUp => {
        const limit = isCancelled ? timeIsUp : (0,time_limit/* anyOf */.EB)([timeIsUp, cancelled]);
        const run = {
            ...executing,
            azure: executing.azure.until(limit),
            plan,
            signal: limit,
            seen: executed.seen,
            lease: { isHeld: false }
        };
        if (isCancelled)
            return lastLook(run);
        return aftermath(run, { failure, steps: executed.steps, restMs: Math.min(restMs, LONGEST_REST_MS) });
    });
    const resources = ledger.resources();
    return outcomeOf(deps, { startedAt, plan, observed, executed, resources, warnings, ...(failure && { failure }) });
}
const LAST_LOOK_MS = 1_500;
const AFTERMATH_MS = 60_000;
const LONGEST_REST_MS = 30_000;
function notFound(plan, observed) {
    if (plan?.image?.decision !== 'given' || observed === undefined)
        return [];
    const isThere = observed.rolloutVersion !== undefined || observed.managedImage !== undefined;
    return isThere ? [] : [{ id: plan.image.imageId, exists: false, deeds: [] }];
}
function whatWasSeen(executed) {
    return { vm: executed?.seen.vm, isTaggedFailed: executed?.seen.isTaggedFailed };
}
function outcomeOf({ clock }, parts) {
    const { startedAt, plan, observed, executed, failure, warnings = [] } = parts;
    const resources = [...(parts.resources ?? []), ...notFound(plan, observed)];
    const steps = executed?.steps ?? plan?.steps.map(({ id }) => ({ id, status: 'not-started' })) ?? [];
    const seen = executed?.seen.pool ?? observed?.pool;
    const pool = seen && resourceOf(resources, seen.poolId)?.exists === false ? undefined : seen;
    return {
        ok: failure === undefined,
        startedAt,
        endedAt: clock.now(),
        steps,
        changed: resources.some(hasChanged),
        resources,
        standing: plan === undefined ? [] : standingOf(plan, steps, { failure, resources, ...whatWasSeen(executed) }),
        warnings,
        ...(failure === undefined ? {} : { failure }),
        ...(executed?.seen.replication === undefined ? {} : { replication: executed.seen.replication }),
        ...(pool === undefined
            ? {}
            : {
                pool: {
                    poolId: pool.poolId,
                    poolName: (0,arm_id/* nameOf */.Vb)(pool.poolId),
                    pool,
                    nodes: executed?.seen.nodes ?? observed?.nodes ?? []
                }
            })
    };
}

// EXTERNAL MODULE: ./build/report/escape.js
var report_escape = __webpack_require__(9924);
;// CONCATENATED MODULE: ./build/report/node-counts.js

function countNodes(nodes) {
    const count = (dedicated) => {
        const counts = new Map();
        for (const { state, isDedicated } of nodes) {
            if (isDedicated === dedicated)
                counts.set(state, (counts.get(state) ?? 0) + 1);
        }
        return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
    };
    return { dedicated: count(true), lowPriority: count(false) };
}
const ORDER = [
    'idle',
    'running',
    'waitingforstarttask',
    'starting',
    'creating',
    'preempted',
    'starttaskfailed',
    'unusable'
];
function stateRows(nodes) {
    const { dedicated, lowPriority } = countNodes(nodes);
    const rank = (state) => {
        const index = ORDER.indexOf(state.toLowerCase());
        return index === -1 ? ORDER.indexOf('creating') + 0.5 : index;
    };
    return [...new Set([...Object.keys(dedicated), ...Object.keys(lowPriority)])]
        .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
        .map(state => ({ state, dedicated: dedicated[state] ?? 0, lowPriority: lowPriority[state] ?? 0 }));
}
function nodeTroubles(nodes) {
    const troubles = new Map();
    for (const node of nodes.filter(node => (0,node_state/* bearingOf */.Y)(node) === 'unhealthy')) {
        const text = troubleText(node);
        const key = `${node.state}\n${text}`;
        const trouble = troubles.get(key) ?? { state: node.state, text, nodeIds: [] };
        trouble.nodeIds.push(node.nodeId);
        troubles.set(key, trouble);
    }
    return [...troubles.values()].sort((a, b) => b.nodeIds.length - a.nodeIds.length);
}
function troubleText({ errors, startTask }) {
    const parts = errors.map(({ code, message, details }) => [`${code}: ${message}`, ...details].join(' · '));
    if (startTask?.exitCode !== undefined && startTask.exitCode !== 0) {
        parts.push(`the start task ended with exit code ${startTask.exitCode}`);
    }
    if (startTask?.failure !== undefined)
        parts.push(startTask.failure);
    return parts.length === 0 ? 'no error given' : parts.join(' · ');
}

;// CONCATENATED MODULE: ./build/report/verdict.js


const verdict_quoted = name => `"${name}"`;
function headlineOf(plan, outcome, mark = verdict_quoted) {
    if (outcome.failure !== undefined) {
        const { step, reason } = outcome.failure;
        return step === undefined ? `Failed: ${reason}` : `Failed at ${mark(step)}: ${reason}`;
    }
    if (plan === undefined)
        return 'Nothing was done';
    if (plan.dryRun)
        return 'Dry run: nothing was changed';
    if (!outcome.changed)
        return 'Nothing had to be changed';
    const { image, pool } = plan;
    if (image !== undefined && pool !== undefined)
        return `${mark(image.imageName)} runs on pool ${mark(verdict_poolNameOf(pool))}`;
    if (image !== undefined)
        return `Image ${mark(image.imageName)} is ready`;
    return pool === undefined ? 'Done' : `Pool ${mark(verdict_poolNameOf(pool))} is as wanted`;
}
function verdictOf(plan, outcome, mark = verdict_quoted) {
    const took = (0,elapsed/* elapsedText */.Q)(outcome.endedAt - outcome.startedAt);
    if (plan === undefined) {
        return outcome.changed
            ? `It ended after ${took}.`
            : `It ended after ${took}, before there was a plan; nothing was changed in Azure.`;
    }
    if (plan.dryRun)
        return outcome.failure === undefined ? dryRunVerdict(plan, mark) : ONLY_A_PLAN;
    const parts = [imagePart(plan, outcome, mark), poolPart(plan, outcome, mark)].filter(part => part !== '');
    const what = parts.length === 0 ? '' : `${verdict_sentence(parts.join('; '))}. `;
    const unchanged = outcome.changed ? '' : 'Nothing was changed in Azure. ';
    return `${what}${unchanged}${onTheWay(outcome)}${outcome.ok ? 'It took' : 'It ended after'} ${took}.`;
}
function onTheWay({ ok, replication }) {
    const regions = (replication?.regions ?? [])
        .filter(({ state }) => state !== 'Completed' && state !== 'Failed')
        .map(({ region }) => region);
    return ok && regions.length > 0 ? `Still replicating to ${regions.join(', ')}, which it didn’t wait for. ` : '';
}
function dryRunVerdict({ image, pool, steps }, mark) {
    const parts = [];
    if (image !== undefined)
        parts.push(`${wouldBe(image.decision)} image ${mark(image.imageName)}`);
    if (pool !== undefined)
        parts.push(`${wouldBe(pool.decision)} pool ${mark(verdict_poolNameOf(pool))}`);
    const count = steps.length === 1 ? '1 step' : `${steps.length} steps`;
    const would = parts.length === 0 ? '' : ` A real run would ${parts.join(' and ')}, in ${count}.`;
    return `${ONLY_A_PLAN}${would}`;
}
const ONLY_A_PLAN = 'This is only a plan: nothing was created, changed or deleted in Azure.';
const WOULD = {
    create: 'make',
    'take-up': 'take up',
    keep: 'leave alone',
    given: 'use',
    change: 'change',
    refuse: 'refuse to change'
};
const wouldBe = (decision) => WOULD[decision];
const MAKES_IMAGE = [
    'create-image-version',
    'await-image-version',
    'create-managed-image',
    'await-managed-image'
];
const TOUCHES_POOL = [
    'create-pool',
    'patch-pool',
    'change-pool-image',
    'empty-pool',
    'grow-pool',
    'finish-pool'
];
function imagePart(plan, outcome, mark) {
    if (plan.image === undefined)
        return '';
    const name = `image ${mark(plan.image.imageName)}`;
    switch (plan.image.decision) {
        case 'keep':
            return `${name} was already there`;
        case 'given':
            return `${name} was given`;
        case 'take-up':
            return isDone(plan, outcome, MAKES_IMAGE) ? `${name} of an earlier run was taken up` : `${name} was not finished`;
        case 'create':
            return isDone(plan, outcome, MAKES_IMAGE) ? `${name} was made` : `${name} was not made`;
    }
}
function poolPart(plan, outcome, mark) {
    if (plan.pool === undefined)
        return '';
    const name = `pool ${mark(verdict_poolNameOf(plan.pool))}`;
    return `${name} ${poolVerb(plan, outcome)}${nodesPart(outcome)}`;
}
function poolVerb(plan, outcome) {
    const touched = isBegun(plan, outcome, TOUCHES_POOL);
    switch (plan.pool?.decision) {
        case 'create':
            return isDone(plan, outcome, TOUCHES_POOL) ? 'was created' : 'was not created';
        case 'change':
            if (outcome.failure?.reason === 'drain-timeout')
                return 'was given back as it was';
            return touched ? (outcome.ok ? 'was changed' : 'was partly changed') : 'was not changed';
        case 'refuse':
            return 'was left as it is';
        default:
            return 'was already as wanted';
    }
}
function nodesPart({ pool }) {
    if (pool === undefined)
        return '';
    const healthy = pool.nodes.filter(node => (0,node_state/* bearingOf */.Y)(node) === 'healthy').length;
    const unhealthy = pool.nodes.filter(node => (0,node_state/* bearingOf */.Y)(node) === 'unhealthy').length;
    if (pool.nodes.length === 0)
        return ' and has no nodes';
    const nodes = healthy === pool.nodes.length ? `${healthy} healthy` : `${healthy} healthy of ${pool.nodes.length}`;
    return ` and has ${nodes} ${pool.nodes.length === 1 ? 'node' : 'nodes'}${unhealthy === 0 ? '' : `, ${unhealthy} unhealthy`}`;
}
function isBegun(plan, outcome, kinds) {
    const ids = new Set(plan.steps.filter(step => kinds.includes(step.kind)).map(step => step.id));
    return outcome.steps.some(step => ids.has(step.id) && step.status !== 'not-started');
}
function isDone(plan, outcome, kinds) {
    const ids = new Set(plan.steps.filter(step => kinds.includes(step.kind)).map(step => step.id));
    return outcome.steps.some(step => ids.has(step.id) && step.status === 'done');
}
const verdict_poolNameOf = (pool) => pool.poolId.split('/').at(-1) ?? '';
const verdict_sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

;// CONCATENATED MODULE: ./build/report/annotations.js




const MOST_ANNOTATIONS = 10;
const MOST_MESSAGE_CHARACTERS = 4_096;
const MOST_TITLE_CHARACTERS = 250;
function annotationsOf(plan, outcome) {
    const all = [
        ...failureAnnotations(outcome),
        ...findingAnnotations(plan).filter(({ level }) => level !== 'error' || !tellsFindings(outcome)),
        ...warningAnnotations(outcome),
        ...troubleAnnotations(outcome),
        ...noticeOf(plan, outcome)
    ];
    return ['error', 'warning', 'notice'].flatMap(level => limited(all.filter(each => each.level === level)));
}
function renderAnnotation({ level, title, message }) {
    return `::${level} title=${commandProperty(title)}::${commandData(message)}`;
}
function failureAnnotations({ failure }) {
    if (failure === undefined)
        return [];
    const { reason, step, message, wayOut, details } = failure;
    const text = [message, ...details.slice(0, 20).map(detail => `- ${detail}`), `What to do: ${wayOut}`].join('\n');
    return [{ level: 'error', title: step === undefined ? reason : `${reason} at ${step}`, message: text }];
}
function tellsFindings({ failure }) {
    return failure?.reason === 'check-failed' || failure?.reason === 'pool-change-refused';
}
function findingAnnotations(plan) {
    return (plan?.findings ?? []).flatMap(({ severity, rule, message, wayOut }) => severity === 'note'
        ? []
        : [{ level: severity, title: `check ${rule}`, message: `${message}\nWhat to do: ${wayOut}` }]);
}
function warningAnnotations({ warnings }) {
    return warnings.map(({ step, message, wayOut }) => ({
        level: 'warning',
        title: step === undefined ? 'warning' : `warning at ${step}`,
        message: `${message}\nWhat to do: ${wayOut}`
    }));
}
function troubleAnnotations({ pool }) {
    return nodeTroubles(pool?.nodes ?? []).map(({ state, text, nodeIds }) => {
        const nodes = nodeIds.length === 1 ? '1 node is' : `${nodeIds.length} nodes are`;
        const more = nodeIds.length > 10 ? ` and ${nodeIds.length - 10} more` : '';
        return {
            level: 'warning',
            title: `${nodes} ${state}`,
            message: `${(0,plain_text/* cut */.Jj)(text, 2_000)}\n${nodeIds.slice(0, 10).join(' ')}${more}`
        };
    });
}
function noticeOf(plan, outcome) {
    if (outcome.failure !== undefined)
        return [];
    return [{ level: 'notice', title: headlineOf(plan, outcome), message: verdictOf(plan, outcome) }];
}
function limited(annotations) {
    if (annotations.length <= MOST_ANNOTATIONS)
        return annotations.map(shortened);
    const shown = annotations.slice(0, MOST_ANNOTATIONS - 1);
    const left = annotations.length - shown.length;
    const level = shown[0]?.level ?? 'notice';
    return [...shown.map(shortened), { level, title: `${left} more`, message: `${left} more are in the job summary` }];
}
function shortened({ level, title, message }) {
    const lines = message.split('\n').map(plain_text/* oneLine */.TN).join('\n');
    return { level, title: (0,plain_text/* cut */.Jj)((0,plain_text/* oneLine */.TN)(title), MOST_TITLE_CHARACTERS), message: (0,plain_text/* cut */.Jj)(lines, MOST_MESSAGE_CHARACTERS) };
}

;// CONCATENATED MODULE: ./build/plan/render-plan.js

const WIDTH = 120;
const render_plan_MOST_LINES = 100;
function heading(text, { bold = false } = {}) {
    const line = (0,plain_text/* logLine */.BP)((0,plain_text/* oneLine */.TN)(text));
    return bold ? `\u001b[1m${line}\u001b[22m` : line;
}
function renderFound({ found }, style = {}) {
    if (found.length === 0)
        return '';
    const rows = (0,plain_text/* columns */.YB)(found.map(({ label, value }) => [`  ${(0,plain_text/* oneLine */.TN)(label)}`, (0,plain_text/* oneLine */.TN)(value)]));
    return [heading('Found', style), ...rows.map(plain_text/* logLine */.BP)].join('\n');
}
function renderPlan(plan, style = {}) {
    const blocks = [
        checkLines(plan.findings, style),
        decisionLines(plan, style),
        differenceLines(plan, style),
        stepLines(plan, style)
    ];
    return blocks
        .filter(block => block.length > 0)
        .map(block => block.join('\n'))
        .join('\n\n');
}
const SEVERITIES = ['error', 'warning', 'note'];
function checkLines(findings, style) {
    if (findings.length === 0)
        return [];
    const sorted = SEVERITIES.flatMap(severity => findings.filter(finding => finding.severity === severity));
    const heads = (0,plain_text/* columns */.YB)(sorted.map(({ severity, rule }) => [`  ${severity}`, (0,plain_text/* oneLine */.TN)(rule)]));
    const lines = sorted.flatMap(({ message, wayOut }, index) => [
        heads[index] ?? '',
        ...indented(message, 11, style),
        ...indented(wayOut, 11, style, '→ ')
    ]);
    return [heading('Checks', style), ...render_plan_limited(lines, 'lines')];
}
function decisionLines({ command, dryRun, image, pool }, style) {
    const rows = [
        ...(image === undefined ? [] : [['  image', (0,plain_text/* oneLine */.TN)(image.imageName), image.decision, (0,plain_text/* oneLine */.TN)(image.reason)]]),
        ...(pool === undefined
            ? []
            : [['  pool', (0,plain_text/* oneLine */.TN)(pool.poolId.split('/').at(-1) ?? ''), pool.decision, (0,plain_text/* oneLine */.TN)(pool.reason)]])
    ];
    const title = dryRun ? `Plan of ${command} (dry run: nothing will be changed)` : `Plan of ${command}`;
    return [heading(title, style), ...(0,plain_text/* columns */.YB)(rows).map(plain_text/* logLine */.BP)];
}
function differenceLines({ pool }, style) {
    if (pool === undefined || pool.differences.length === 0)
        return [];
    return [heading('Differences of the pool', style), ...render_plan_limited(pool.differences.flatMap(differenceOf), 'lines')];
}
const NEEDS = {
    patch: 'can change with nodes present',
    'zero-nodes': 'can change only at zero nodes',
    'another-pool': 'can change only by another pool'
};
function differenceOf({ path, present, wanted, needs }) {
    return [`  ${(0,plain_text/* oneLine */.TN)(path)} (${NEEDS[needs]})`, `    - ${valueText(present)}`, `    + ${valueText(wanted)}`];
}
function valueText(value) {
    if (value === undefined)
        return '(not set)';
    return (0,plain_text/* shortLine */.tl)(typeof value === 'string' ? value : JSON.stringify(value), 200);
}
function stepLines({ steps, findings }, style) {
    if (steps.length === 0) {
        const failed = findings.some(({ severity }) => severity === 'error');
        return [failed ? 'No steps: a check says that this can’t work' : 'No steps: everything is as wanted'];
    }
    const numberWidth = String(steps.length).length;
    const idWidth = Math.max(...steps.map(({ id }) => id.length));
    const heads = steps.map(({ id, title }, index) => {
        return `  ${String(index + 1).padStart(numberWidth)}  ${(0,plain_text/* oneLine */.TN)(id).padEnd(idWidth)}  ${(0,plain_text/* oneLine */.TN)(title)}`;
    });
    const indent = numberWidth + idWidth + 6;
    const lines = steps.map((_, index) => [(0,plain_text/* logLine */.BP)(heads[index] ?? ''), ...reasonLines(steps, index, indent, style)]);
    const shown = lines.slice(0, render_plan_MOST_LINES).flat();
    const left = lines.length - render_plan_MOST_LINES;
    const count = steps.length === 1 ? '1 step' : `${steps.length} steps`;
    return [heading(count, style), ...shown, ...(left > 0 ? [`  … and ${left} more steps`] : [])];
}
function reasonLines(steps, index, indent, style) {
    const reason = steps[index]?.reason ?? '';
    const isLastShown = index === render_plan_MOST_LINES - 1;
    if (steps[index + 1]?.reason === reason && !isLastShown)
        return [];
    let first = index;
    while (steps[first - 1]?.reason === reason)
        first -= 1;
    const count = index - first + 1;
    return indented(count === 1 ? reason : `${count === 2 ? 'both' : `all ${count}`}: ${reason}`, indent, style, '· ');
}
function indented(text, indent, { width = WIDTH }, first = '') {
    const lines = (0,plain_text/* wrap */.LV)(text, Math.max(40, width - indent - first.length));
    return lines.map((line, index) => (0,plain_text/* logLine */.BP)(' '.repeat(indent) + (index === 0 ? first : ' '.repeat(first.length)) + line));
}
function render_plan_limited(lines, what) {
    const most = 3 * render_plan_MOST_LINES;
    const shown = lines.slice(0, most).map(plain_text/* logLine */.BP);
    return lines.length <= most ? shown : [...shown, `  … and ${lines.length - most} more ${what}`];
}

;// CONCATENATED MODULE: ./build/report/pool-state.js

const MOST_RESIZE_ERRORS = 20;
function poolState({ poolId, poolName, pool, nodes }) {
    const states = countNodes(nodes);
    const target = targetsOf(pool);
    return {
        version: 1,
        id: poolId,
        name: poolName,
        provisioningState: pool.provisioningState,
        allocationState: pool.allocationState,
        ...(pool.vmSize === undefined ? {} : { vmSize: pool.vmSize }),
        ...(pool.imageId === undefined ? {} : { imageId: pool.imageId }),
        scale: pool.scale.kind,
        dedicated: sizeState(pool.currentDedicatedNodes, target.dedicated, states.dedicated),
        lowPriority: sizeState(pool.currentLowPriorityNodes, target.lowPriority, states.lowPriority),
        resizeErrors: (pool.resize?.errors ?? []).slice(0, MOST_RESIZE_ERRORS)
    };
}
function sizeState(current, target, states) {
    return { current, ...(target === undefined ? {} : { target }), states };
}
function targetsOf(pool) {
    if (pool.scale.kind === 'fixed') {
        return { dedicated: pool.scale.targetDedicatedNodes, lowPriority: pool.scale.targetLowPriorityNodes };
    }
    return { dedicated: pool.resize?.targetDedicatedNodes, lowPriority: pool.resize?.targetLowPriorityNodes };
}
function resizeErrorsTitle({ startedAt, pool }) {
    const begun = Date.parse(pool?.pool.resize?.startTime ?? '');
    return begun < startedAt ? 'Resize errors from before this run' : 'Resize errors';
}

;// CONCATENATED MODULE: ./build/report/portal.js


const PORTALS = {
    AzureCloud: 'https://portal.azure.com',
    AzureUSGovernment: 'https://portal.azure.us',
    AzureChinaCloud: 'https://portal.azure.cn'
};
function portalUrl(cloud, id) {
    if (cloud.kind !== 'named' || !id.startsWith('/'))
        return undefined;
    return `${PORTALS[cloud.name]}/#@/resource${id}`;
}
function resourceLink(cloud, id, name = shortName(id)) {
    const url = portalUrl(cloud, id);
    const code = (0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(name, 200));
    return url === undefined ? code : (0,report_escape/* markdownLink */.iQ)(code, url);
}
function shortName(id) {
    const segments = id.split('/').slice(7);
    const names = segments.filter((_, index) => index % 2 === 1);
    return names.length === 0 ? id : names.join('/');
}

;// CONCATENATED MODULE: ./build/report/what-to-do.js


const GOING_ON = {
    helps: 'another run with the same inputs takes up what stands and makes nothing twice',
    'after-change': 'once that is done, another run takes up what stands and makes nothing twice; before, it would fail in the same way',
    unknown: 'another run takes up what stands and makes nothing twice; whether it fails in the same way isn’t known'
};
const NEW_IMAGE = 'once the image is mended, a new run makes another version (image-version: auto); a re-run of this one, or of a version ' +
    'that image-version names, only tries the same image again';
const OPEN_IMAGE = 'the image version isn’t tagged as failed, for none of its nodes failed again after a second chance; if it is the ' +
    'image that must be mended, delete the version first, or name another one (image-version)';
const SAYS_SO = /\btake(s|n) up\b/;
const SENTENCE_END = /[.]$/;
function whatToDo(failure, outcome) {
    const { standing } = outcome;
    const pool = standing.find(({ kind }) => kind === 'Microsoft.Batch/batchAccounts/pools');
    const advice = [failure.wayOut];
    const nodes = outcome.pool?.nodes.length ?? 0;
    if (pool?.note === NEW_POOL_NOTE && nodes > 0) {
        const has = nodes === 1 ? '1 node, which costs money while it stands' : `${nodes} nodes, which cost money while they stand`;
        advice.push(`the pool has ${has}: resize it to 0 if it takes long`);
    }
    const goingOn = GOING_ON[failure.repetition ?? model_failure/* REPETITION */.mV[failure.reason]];
    if (standing.some(({ note }) => note === TAGGED_FAILED_NOTE))
        advice.push(NEW_IMAGE);
    else if (mayBeTakenUpBad(failure, outcome))
        advice.push(goingOn, OPEN_IMAGE);
    else if (standing.length > 0 && !SAYS_SO.test(failure.wayOut))
        advice.push(goingOn);
    const former = standing.filter(wasThereBefore);
    if (former.length < standing.length) {
        const save = former.length === 0 ? '' : ` save ${saved(former)} there before`;
        advice.push(`to give it up instead, delete what stands${save}, in the order of the table from its end`);
    }
    return advice.map(asSentence);
}
function wasThereBefore({ kind, note }) {
    if (kind === 'Microsoft.Compute/virtualMachines' || note === FORMER_VERSION_NOTE)
        return true;
    return kind === 'Microsoft.Batch/batchAccounts/pools' && note !== NEW_POOL_NOTE && note !== UNMADE_NOTE;
}
function saved(rows) {
    const roles = rows.map(({ role }) => `the ${role}`).join(' and ');
    return `${roles}, which ${rows.length === 1 ? 'was' : 'were'}`;
}
function mayBeTakenUpBad({ reason }, { standing }) {
    const byNodes = reason === 'nodes-unhealthy' || reason === 'nodes-stuck';
    return byNodes && standing.some(({ note }) => note === OPEN_VERSION_NOTE);
}
function asSentence(text) {
    const upper = text.charAt(0).toUpperCase() + text.slice(1);
    return SENTENCE_END.test(upper) ? upper : `${upper}.`;
}

;// CONCATENATED MODULE: ./build/report/log.js









const MOST_ROWS = 100;
function renderOutcome(plan, outcome, style = {}) {
    const blocks = [
        [heading(headlineOf(plan, outcome), style), ...block(verdictOf(plan, outcome), '  ')],
        plan?.dryRun === true ? [] : log_stepLines(outcome, style),
        nodeLines(outcome, style),
        troubleLines(outcome, style),
        warningLines(outcome, style),
        outcome.failure === undefined ? [] : failureLines(outcome.failure, outcome, style),
        outcome.failure === undefined ? [] : standingLines(outcome, style)
    ];
    return blocks
        .filter(lines => lines.length > 0)
        .map(lines => lines.map(keepBold).join('\n'))
        .join('\n\n');
}
const keepBold = (line) => (line.startsWith('\u001b[1m') ? line : (0,plain_text/* logLine */.BP)(line));
const log_MARKS = { done: '✓', failed: '✗', cancelled: '×', 'not-started': '·' };
function log_stepLines({ steps }, style) {
    if (steps.length === 0)
        return [];
    const rows = steps
        .slice(0, MOST_ROWS)
        .map(step => [`  ${log_MARKS[step.status]}`, (0,plain_text/* oneLine */.TN)(step.id), tookOf(step), log_noteOf(step)]);
    return [heading('Steps', style), ...(0,plain_text/* columns */.YB)(rows, [2]), ...moreLine(steps.length - MOST_ROWS, 'steps')];
}
function tookOf({ startedAt, endedAt }) {
    return startedAt === undefined || endedAt === undefined ? '–' : (0,elapsed/* elapsedText */.Q)(endedAt - startedAt);
}
function log_noteOf({ status, note }) {
    if (note !== undefined)
        return (0,plain_text/* shortLine */.tl)(note, 200);
    return status === 'done' ? '' : status.replace('-', ' ');
}
function nodeLines({ pool: seen }, style) {
    if (seen === undefined)
        return [];
    const { pool, nodes } = seen;
    const wanted = targetsOf(pool);
    const count = (value) => (value === undefined ? '–' : String(value));
    const rows = [
        ['', 'dedicated', 'low-priority'],
        ...stateRows(nodes).map(row => [`  ${(0,plain_text/* oneLine */.TN)(row.state)}`, count(row.dedicated), count(row.lowPriority)]),
        ['  present', count(pool.currentDedicatedNodes), count(pool.currentLowPriorityNodes)],
        ['  wanted', count(wanted.dedicated), count(wanted.lowPriority)]
    ];
    return [heading(`Nodes of pool "${seen.poolName}", ${pool.allocationState}`, style), ...(0,plain_text/* columns */.YB)(rows, [1, 2])];
}
const MOST_NODE_IDS = 5;
function troubleLines(outcome, style) {
    const { pool } = outcome;
    const troubles = nodeTroubles(pool?.nodes ?? []);
    const resizeErrors = (pool?.pool.resize?.errors ?? []).slice(0, 20);
    const nodeRows = troubles.slice(0, 20).flatMap(({ state, text, nodeIds }) => {
        const more = nodeIds.length > MOST_NODE_IDS ? ` and ${nodeIds.length - MOST_NODE_IDS} more` : '';
        const ids = nodeIds
            .slice(0, MOST_NODE_IDS)
            .map(id => (0,plain_text/* shortLine */.tl)(id, 100))
            .join(' ');
        return [`  ${nodeIds.length} ${(0,plain_text/* oneLine */.TN)(state)}: ${(0,plain_text/* shortLine */.tl)(text, 300)}`, `    ${ids}${more}`];
    });
    const errorRows = resizeErrors.flatMap(({ code, message, details }) => [
        `  ${(0,plain_text/* oneLine */.TN)(code)}: ${(0,plain_text/* shortLine */.tl)(message, 300)}`,
        ...details.slice(0, 5).map(detail => `    ${(0,plain_text/* oneLine */.TN)(detail.code)}: ${(0,plain_text/* shortLine */.tl)(detail.message, 300)}`)
    ]);
    return [
        ...(nodeRows.length === 0
            ? []
            : [heading('Unhealthy nodes', style), ...nodeRows, ...moreLine(troubles.length - 20, 'kinds')]),
        ...(errorRows.length === 0 ? [] : [heading(resizeErrorsTitle(outcome), style), ...errorRows])
    ];
}
function warningLines({ warnings }, style) {
    if (warnings.length === 0)
        return [];
    const lines = warnings
        .slice(0, MOST_ROWS)
        .flatMap(({ step, message, wayOut }) => [
        ...block(step === undefined ? message : `${step}: ${message}`, '  '),
        ...block(wayOut, '  → ')
    ]);
    return [heading('Warnings', style), ...lines, ...moreLine(warnings.length - MOST_ROWS, 'warnings')];
}
function failureLines(failure, outcome, style) {
    const where = failure.step === undefined ? failure.reason : `${failure.reason} at ${failure.step}`;
    const details = failure.details.slice(0, MOST_ROWS).map(line => `  ${(0,plain_text/* shortLine */.tl)(line, 600)}`);
    const advice = whatToDo(failure, outcome).flatMap((text, index) => block(text, `  ${index + 1}. `));
    return [
        heading(`What failed: ${where}`, style),
        ...block(failure.message, '  '),
        ...details,
        ...moreLine(failure.details.length - MOST_ROWS, 'details'),
        '',
        heading('What to do', style),
        ...advice
    ];
}
function standingLines({ standing }, style) {
    if (standing.length === 0)
        return [heading('Left standing: nothing', style)];
    const rows = standing
        .slice(0, MOST_ROWS)
        .map(({ id, role, note }) => [`  ${(0,plain_text/* oneLine */.TN)(shortName(id))}`, (0,plain_text/* oneLine */.TN)(role), (0,plain_text/* shortLine */.tl)(note, 200)]);
    return [heading('Left standing', style), ...(0,plain_text/* columns */.YB)(rows), ...moreLine(standing.length - MOST_ROWS, 'resources')];
}
function renderOutputs(outputs, style = {}) {
    const rows = Object.entries(outputs)
        .filter(([, value]) => !['', '{}', 'null'].includes(value))
        .map(([name, value]) => [`  ${name}`, (0,plain_text/* shortLine */.tl)(value, 300)]);
    return [heading('Outputs', style), ...(0,plain_text/* columns */.YB)(rows).map(plain_text/* logLine */.BP)].join('\n');
}
function block(text, prefix) {
    const rest = ' '.repeat(prefix.length);
    return (0,plain_text/* wrap */.LV)(text, 116 - prefix.length).map((line, index) => (index === 0 ? prefix : rest) + line);
}
const moreLine = (left, what) => (left > 0 ? [`  … and ${left} more ${what}`] : []);

;// CONCATENATED MODULE: ./build/report/outputs.js




const OUTPUT_NAMES = (/* unused pure expression or super */ null && ([
    'image-id',
    'image-name',
    'image-version',
    'snapshot-ids',
    'pool-id',
    'pool-name',
    'pool-state',
    'provisioning-state',
    'allocation-state',
    'current-dedicated-nodes',
    'current-low-priority-nodes',
    'node-states',
    'resize-errors',
    'changed',
    'plan-file',
    'failure-reason',
    'failed-step'
]));
function outputsOf(plan, outcome, extra = {}) {
    return {
        ...imageOutputs(plan, outcome),
        'pool-id': outcome.pool?.poolId ?? plan?.pool?.poolId ?? '',
        'pool-name': outcome.pool?.poolName ?? plan?.pool?.poolId.split('/').at(-1) ?? '',
        ...poolOutputs(outcome.pool),
        changed: String(outcome.changed),
        'plan-file': extra.planFile ?? '',
        'failure-reason': outcome.failure?.reason ?? '',
        'failed-step': outcome.failure?.step ?? ''
    };
}
function imageOutputs(plan, outcome) {
    const image = plan !== undefined && isThere(plan, outcome) ? plan.image : undefined;
    return {
        'image-id': image?.imageId ?? '',
        'image-name': image?.imageName ?? '',
        'image-version': image?.version ?? '',
        'snapshot-ids': JSON.stringify(plan === undefined ? [] : standingSnapshots(plan, outcome))
    };
}
function isThere(plan, outcome) {
    if (plan.image === undefined || isPlanOnly(plan, outcome))
        return true;
    return resourceOf(outcome.resources, plan.image.imageId)?.exists ?? plan.image.decision !== 'create';
}
function standingSnapshots(plan, outcome) {
    const ids = plan.image?.snapshotIds ?? [];
    if (isPlanOnly(plan, outcome))
        return ids;
    const refused = outcome.failure !== undefined && plan.steps.length === 0;
    if (refused && plan.image?.decision === 'create')
        return [];
    const isToBeMade = (id) => plan.steps.some(step => step.kind === 'create-snapshot' && (0,arm_id/* sameId */.s)(step.snapshotId, id));
    return ids.filter(id => resourceOf(outcome.resources, id)?.exists ?? !isToBeMade(id));
}
const isPlanOnly = ({ dryRun }, { failure }) => dryRun && failure === undefined;
function poolOutputs(seen) {
    const text = (value) => (value === undefined ? '' : String(value));
    const state = seen === undefined ? undefined : poolState(seen);
    return {
        'pool-state': JSON.stringify(state ?? null),
        'provisioning-state': text(state?.provisioningState),
        'allocation-state': text(state?.allocationState),
        'current-dedicated-nodes': text(state?.dedicated.current),
        'current-low-priority-nodes': text(state?.lowPriority.current),
        'node-states': JSON.stringify(seen === undefined ? {} : countNodes(seen.nodes)),
        'resize-errors': JSON.stringify(state?.resizeErrors ?? [])
    };
}

;// CONCATENATED MODULE: ./build/report/section.js
const MOST_ITEMS = 200;
const bytesOf = (text) => Buffer.byteLength(text, 'utf8');
const MOST_SHARE = 1 / 4;
function renderSections(sections, limitBytes) {
    const kept = sections.map(section => Math.min(section.items.length, section.most ?? MOST_ITEMS));
    const page = () => sections.map((section, index) => renderSection(section, kept[index] ?? 0)).join('\n');
    const keptItems = (index) => sections[index]?.items.slice(0, kept[index]) ?? [];
    const excess = () => bytesOf(page()) - (limitBytes - 1);
    if (excess() <= 0)
        return page();
    const order = sections.map((_, index) => index).sort((a, b) => importanceOf(sections, a) - importanceOf(sections, b));
    for (const index of order) {
        const size = bytesOf(keptItems(index).join('\n'));
        kept[index] = keptAfterCutting(keptItems(index), size - limitBytes * MOST_SHARE);
    }
    for (const index of order) {
        if (excess() > 0)
            kept[index] = keptAfterCutting(keptItems(index), excess());
    }
    return page();
}
const importanceOf = (sections, index) => sections[index]?.importance ?? 0;
const NOTICE_BYTES = 200;
function keptAfterCutting(items, excessBytes) {
    let count = items.length;
    if (excessBytes <= 0)
        return count;
    for (let freed = -NOTICE_BYTES; count > 0 && freed < excessBytes; count -= 1) {
        freed += bytesOf(items[count - 1] ?? '') + 1;
    }
    return count;
}
function renderSection({ lead, items, tail = [], what }, kept) {
    const left = items.length - kept;
    const notice = left === 0 ? [] : ['', `*${left.toLocaleString('en-US')} more ${what} left out.*`];
    return [...lead, ...items.slice(0, kept), ...tail, ...notice, ''].join('\n');
}
function tableHead(titles) {
    const row = (cells) => `| ${cells.join(' | ')} |`;
    return [
        row(titles.map(title => title.replace(/:$/, ''))),
        row(titles.map(title => (title.endsWith(':') ? '--:' : ':--')))
    ];
}
const tableRow = (cells) => `| ${cells.join(' | ')} |`;

;// CONCATENATED MODULE: ./build/report/summary-failure.js






function failureSections(plan, outcome, cloud) {
    const { failure } = outcome;
    if (failure === undefined)
        return [];
    return [
        failedSection(failure, plan),
        detailsSection(failure),
        standingSection(outcome, cloud),
        {
            lead: ['### What to do', ''],
            items: whatToDo(failure, outcome).map((text, index) => `${index + 1}. ${(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(text, 2_000))}`),
            what: 'suggestions',
            importance: 99
        }
    ];
}
function failedSection({ reason, step, message }, plan) {
    const title = plan?.steps.find(({ id }) => id === step)?.title;
    const why = model_failure/* FAILURE_REASONS */.N9[reason];
    const at = step === undefined
        ? ''
        : ` at step ${(0,report_escape/* markdownCode */.D9)(step)}${title === undefined ? '' : `: ${(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(title, 300))}`}`;
    return {
        lead: [
            '### What failed',
            '',
            `**${(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(message, 4_000))}**`,
            '',
            `${(0,report_escape/* markdownCode */.D9)(reason)}${at}`,
            '',
            `Why: ${(0,report_escape/* markdownText */.p7)(why)}.`
        ],
        items: [],
        what: '',
        importance: 99
    };
}
function detailsSection({ details }) {
    if (details.length === 0)
        return undefined;
    return {
        lead: ['Details:', ''],
        items: details.map(line => `- ${(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(line, 600))}`),
        what: 'details',
        importance: 80,
        most: 100
    };
}
function standingSection({ standing }, cloud) {
    if (standing.length === 0) {
        const none = 'Nothing: this run left nothing of its own in Azure.';
        return { lead: ['### What is left standing', '', none], items: [], what: '', importance: 99 };
    }
    return {
        lead: ['### What is left standing', '', ...tableHead(['Resource', 'What it is', 'Now'])],
        items: standing.map(({ id, role, note }) => tableRow([resourceLink(cloud, id), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(role, 300)), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(note, 500))])),
        what: 'resources',
        importance: 90
    };
}

;// CONCATENATED MODULE: ./build/report/gantt.js


const DAY_S = 86_400;
const gantt_MOST_ROWS = 24;
const PARTS = {
    'stop-vm': 'Snapshots',
    'verify-vm-stopped': 'Snapshots',
    'start-vm': 'Cleaning up',
    'create-snapshot': 'Snapshots',
    'await-snapshot': 'Snapshots',
    'delete-snapshot': 'Cleaning up',
    'create-gallery-image': 'Image',
    'create-image-version': 'Image',
    'await-image-version': 'Image',
    'settle-image-version': 'Image',
    'finish-image-version': 'Image',
    'change-image-regions': 'Image',
    'await-image-regions': 'Image',
    'create-managed-image': 'Image',
    'await-managed-image': 'Image',
    'create-pool': 'Pool',
    'patch-pool': 'Pool',
    'empty-pool': 'Pool',
    'change-pool-image': 'Pool',
    'grow-pool': 'Pool',
    'finish-pool': 'Pool',
    'verify-nodes': 'Pool'
};
function renderGantt(plan, outcome) {
    const rows = gantt_rowsOf(plan, outcome);
    if (rows.length === 0)
        return undefined;
    const totalS = Math.max(1, Math.ceil(Math.max(...rows.map(row => row.toMs)) / 1_000));
    const lines = ['gantt', '  dateFormat YYYY-MM-DD HH:mm:ss', `  axisFormat ${axisFormat(totalS)}`, '  todayMarker off'];
    for (const part of new Set(rows.map(row => row.part))) {
        lines.push(`  section ${part}`);
        lines.push(...rows.filter(row => row.part === part).map(row => `    ${renderRow(row, totalS)}`));
    }
    return lines.join('\n');
}
function axisFormat(totalS) {
    if (totalS >= DAY_S)
        return 'day %-j %H:%M';
    return totalS < 600 ? '%M:%S' : '%H:%M';
}
const gantt_MARKS = { done: '✓', failed: '✗', cancelled: '×', 'not-started': '·' };
function renderRow({ name, fromMs, toMs, status }, totalS) {
    const label = `${gantt_MARKS[status]} ${(0,report_escape/* mermaidLabel */._b)(name, 40)} · ${(0,elapsed/* elapsedText */.Q)(toMs - fromMs)}`;
    const tag = status === 'done' ? 'done' : 'crit';
    const lengthS = Math.max(1, Math.round((toMs - fromMs) / 1_000), Math.ceil(totalS / 200));
    return `${label} :${tag}, ${dateOf(Math.round(fromMs / 1_000))}, ${lengthS}s`;
}
function dateOf(elapsedS) {
    const [date, time] = new Date(Date.UTC(2000, 0, 1) + Math.max(0, elapsedS) * 1_000).toISOString().split('T');
    return `${date} ${time?.slice(0, 8)}`;
}
function gantt_rowsOf(plan, outcome) {
    const byId = new Map(plan.steps.map(step => [step.id, step]));
    const timed = outcome.steps.flatMap(step => timedStep(byId.get(step.id), step, outcome));
    if (timed.length <= gantt_MOST_ROWS)
        return timed.map(({ row }) => row);
    return grouped(timed);
}
function timedStep(step, { id, status, startedAt, endedAt }, outcome) {
    if (step === undefined || startedAt === undefined)
        return [];
    const fromMs = Math.max(0, startedAt - outcome.startedAt);
    const toMs = Math.max(fromMs, (endedAt ?? outcome.endedAt) - outcome.startedAt);
    return [{ kind: step.kind, row: { part: PARTS[step.kind], name: id, fromMs, toMs, status } }];
}
function grouped(timed) {
    const groups = Map.groupBy(timed, ({ kind, row }) => `${kind} ${row.status}`);
    return [...groups.values()].flatMap(group => {
        const [first] = group;
        if (first === undefined)
            return [];
        if (group.length === 1)
            return [first.row];
        const fromMs = Math.min(...group.map(({ row }) => row.fromMs));
        const toMs = Math.max(...group.map(({ row }) => row.toMs));
        return [{ ...first.row, name: `${group.length} × ${first.kind}`, fromMs, toMs }];
    });
}

;// CONCATENATED MODULE: ./build/report/touched.js


const touched_words = (what, done, undone, planned) => ({ what, done, undone, planned });
const WORDS = {
    'stop-vm': touched_words('source VM', 'stopped', 'not stopped', 'to be stopped'),
    'verify-vm-stopped': touched_words('source VM', 'found stopped', 'not found stopped', 'to be found stopped'),
    'start-vm': touched_words('source VM', 'started', 'not started', 'to be started'),
    'create-snapshot': touched_words('snapshot', 'made', 'not made', 'to be made'),
    'await-snapshot': touched_words('snapshot', 'taken up', 'not finished', 'to be taken up'),
    'delete-snapshot': touched_words('snapshot', 'deleted', 'not deleted', 'to be deleted'),
    'create-gallery-image': touched_words('image definition', 'made', 'not made', 'to be made'),
    'create-image-version': touched_words('image version', 'made', 'not made', 'to be made'),
    'await-image-version': touched_words('image version', 'taken up', 'not finished', 'to be taken up'),
    'settle-image-version': touched_words('image version', 'replicated', 'not replicated', 'to be replicated'),
    'finish-image-version': touched_words('image version', 'finished', 'not finished', 'to be finished'),
    'change-image-regions': touched_words('image version', 'given its regions', 'not given its regions', 'to be given its regions'),
    'await-image-regions': touched_words('image version', 'replicated', 'not replicated', 'to be replicated'),
    'create-managed-image': touched_words('managed image', 'made', 'not made', 'to be made'),
    'await-managed-image': touched_words('managed image', 'taken up', 'not finished', 'to be taken up'),
    'create-pool': touched_words('pool', 'created', 'not created', 'to be created'),
    'patch-pool': touched_words('pool', 'changed', 'not changed', 'to be changed'),
    'empty-pool': touched_words('pool', 'emptied', 'not emptied', 'to be emptied'),
    'change-pool-image': touched_words('pool', 'given the image', 'not given the image', 'to be given the image'),
    'grow-pool': touched_words('pool', 'resized', 'not fully resized', 'to be resized'),
    'finish-pool': touched_words('pool', 'finished', 'not finished', 'to be finished'),
    'verify-nodes': touched_words('pool', 'verified', 'not verified', 'to be verified')
};
const PROMOTED = touched_words('image version', 'promoted', 'not promoted', 'to be promoted');
const PLANNED = new Set(['to be made', 'to be created']);
const UNMADE = new Set([...PLANNED, 'not made', 'not created']);
function touchedOf(plan, outcome) {
    const rows = new Map();
    const { resources } = outcome;
    const statuses = new Map(outcome.steps.map(step => [step.id, step]));
    for (const { id, what } of untouched(plan))
        rows.set(id.toLowerCase(), { id, what, verbs: ['left alone'], note: '', exists: true });
    for (const step of plan.steps) {
        const verb = verbOf(step, statuses.get(step.id), plan.dryRun);
        if (verb === undefined)
            continue;
        const id = (0,model_step/* targetOf */.$)(step);
        const row = rows.get(id.toLowerCase()) ?? { id, what: WORDS[step.kind].what, verbs: [], note: '', exists: true };
        row.verbs = [...row.verbs.filter(known => known !== 'left alone' && known !== verb), verb];
        if (PLANNED.has(verb))
            row.exists = false;
        row.note = statuses.get(step.id)?.note ?? row.note;
        rows.set(id.toLowerCase(), row);
    }
    return [...rows.values()].map(row => asFound(row, resourceOf(resources, row.id)));
}
function asFound(row, resource) {
    if (resource === undefined)
        return row;
    const { exists = row.exists, deeds } = resource;
    const power = deeds.filter(deed => deed === 'stopped' || deed === 'started');
    const verbs = power.length > 0 ? power : row.verbs;
    const note = power.at(-1) === 'started' ? 'running' : row.note;
    if (exists || verbs.includes('deleted') || verbs.some(verb => UNMADE.has(verb)))
        return { ...row, exists, verbs, note };
    return { ...row, exists, note, verbs: [...verbs, deeds.at(-1) === 'deleted' ? 'deleted' : 'gone'] };
}
function untouched({ image, pool }) {
    const found = [];
    if (image?.decision === 'keep' || image?.decision === 'given') {
        found.push({ id: image.imageId, what: image.kind === 'gallery' ? 'image version' : 'managed image' });
    }
    if (pool?.decision === 'keep' || pool?.decision === 'refuse')
        found.push({ id: pool.poolId, what: 'pool' });
    return found;
}
function verbOf(step, outcome, dryRun) {
    const { done, undone, planned } = wordsOf(step);
    if (dryRun)
        return planned;
    if (outcome === undefined || outcome.status === 'not-started')
        return undefined;
    return outcome.status === 'done' ? done : undone;
}
function wordsOf(step) {
    const promotes = step.kind === 'finish-image-version' && step.excludeFromLatest === false;
    return promotes ? PROMOTED : WORDS[step.kind];
}

;// CONCATENATED MODULE: ./build/report/summary-outcome.js








function nodesSection({ pool: seen }) {
    if (seen === undefined)
        return undefined;
    const { pool, nodes } = seen;
    const wanted = targetsOf(pool);
    const bold = (label, dedicated, lowPriority) => tableRow([`**${label}**`, `**${dedicated ?? '–'}**`, `**${lowPriority ?? '–'}**`]);
    const states = stateRows(nodes).map(row => tableRow([(0,report_escape/* markdownCode */.D9)(row.state), zero(row.dedicated), zero(row.lowPriority)]));
    return {
        lead: [
            `### Nodes of pool ${(0,report_escape/* markdownCode */.D9)(seen.poolName)}`,
            '',
            ...tableHead(['State', 'Dedicated:', 'Low-priority:'])
        ],
        items: [
            ...states,
            bold('present', pool.currentDedicatedNodes, pool.currentLowPriorityNodes),
            bold('wanted', wanted.dedicated, wanted.lowPriority)
        ],
        tail: [
            '',
            `The pool is ${(0,report_escape/* markdownCode */.D9)(pool.allocationState)}, its provisioning state ${(0,report_escape/* markdownCode */.D9)(pool.provisioningState)}.`
        ],
        what: 'states',
        importance: 85
    };
}
const zero = (count) => (count === 0 ? '·' : String(count));
const summary_outcome_MOST_NODE_IDS = 10;
function troublesSection({ pool }) {
    const troubles = nodeTroubles(pool?.nodes ?? []);
    if (troubles.length === 0)
        return undefined;
    const ids = (nodeIds) => {
        const more = nodeIds.length - summary_outcome_MOST_NODE_IDS;
        const named = nodeIds.slice(0, summary_outcome_MOST_NODE_IDS).map(id => (0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(id, 100)));
        return `${named.join(' ')}${more > 0 ? ` and ${more} more` : ''}`;
    };
    return {
        lead: ['### Unhealthy nodes', '', ...tableHead(['Nodes:', 'State', 'Error', 'Ids'])],
        items: troubles.map(({ nodeIds, state, text }) => tableRow([String(nodeIds.length), (0,report_escape/* markdownCode */.D9)(state), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(text, 600)), ids(nodeIds)])),
        what: 'kinds of unhealthy nodes',
        importance: 60,
        most: 100
    };
}
function warningsSection({ warnings }) {
    if (warnings.length === 0)
        return undefined;
    return {
        lead: ['### Warnings', '', ...tableHead(['Step', 'What is wrong', 'What to do'])],
        items: warnings.map(({ step, message, wayOut }) => tableRow([step === undefined ? '' : (0,report_escape/* markdownCode */.D9)(step), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(message, 1_000)), (0,report_escape/* markdownText */.p7)(wayOut)])),
        what: 'warnings',
        importance: 80
    };
}
function resizeErrorsSection(outcome) {
    const errors = outcome.pool?.pool.resize?.errors ?? [];
    if (errors.length === 0)
        return undefined;
    return {
        lead: [`### ${resizeErrorsTitle(outcome)}`, '', ...tableHead(['Code', 'Message', 'Details'])],
        items: errors.map(({ code, message, details }) => {
            const lines = details
                .slice(0, 10)
                .map(detail => `${(0,report_escape/* markdownText */.p7)(detail.code)}: ${(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(detail.message, 600))}`);
            return tableRow([(0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(code, 200)), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(message, 1_000)), lines.join('<br>')]);
        }),
        what: 'resize errors',
        importance: 70
    };
}
function touchedSection(plan, outcome, cloud) {
    const touched = touchedOf(plan, outcome);
    if (touched.length === 0)
        return undefined;
    const titles = ['Resource', 'Kind', 'What', ...(plan.dryRun ? [] : ['Note'])];
    return {
        lead: [`### ${plan.dryRun ? 'What would be touched' : 'What was touched'}`, '', ...tableHead(titles)],
        items: touched.map(({ id, what, verbs, note, exists }) => {
            const name = exists ? resourceLink(cloud, id) : (0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(shortName(id), 200));
            return tableRow([name, what, verbs.join(', '), ...(plan.dryRun ? [] : [(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(note, 500))])]);
        }),
        what: 'resources',
        importance: 75
    };
}
function replicationSection({ replication }) {
    if (replication === undefined || replication.regions.length === 0)
        return undefined;
    return {
        lead: ['### Replication of the image', '', ...tableHead(['Region', 'State', 'Progress:'])],
        items: replication.regions.map(({ region, state, progress, details }) => {
            const more = details === undefined || details === '' ? '' : `: ${(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(details, 500))}`;
            return tableRow([(0,report_escape/* markdownCode */.D9)(region), (0,report_escape/* markdownText */.p7)(state) + more, `${progress} %`]);
        }),
        what: 'regions',
        importance: 55
    };
}
function timeSection(plan, outcome) {
    const chart = renderGantt(plan, outcome);
    if (chart === undefined)
        return undefined;
    return { lead: ['### Where the time went', '', '```mermaid', chart, '```'], items: [], what: '', importance: 100 };
}

;// CONCATENATED MODULE: ./build/report/summary-plan.js




const summary_plan_MARKS = { done: '✅', failed: '❌', cancelled: '⛔', 'not-started': '⏸️' };
function planSection(plan, outcome) {
    const reasons = [plan.image, plan.pool].flatMap((part, index) => part === undefined ? [] : [reasonLine(index === 0, part)]);
    const lead = ['### Plan', '', ...reasons, ...(reasons.length === 0 ? [] : [''])];
    if (plan.steps.length === 0) {
        return { lead: [...lead, noSteps(plan)], items: [], what: '', importance: 50 };
    }
    const byId = new Map(outcome.steps.map(step => [step.id, step]));
    const titles = plan.dryRun ? ['Step', 'What it does', 'Why', 'After'] : ['', 'Step', 'What it does', 'Why', 'Took:'];
    return {
        lead: [...lead, ...tableHead(titles)],
        items: plan.steps.map(step => (plan.dryRun ? plannedRow(step) : performedRow(step, byId.get(step.id)))),
        what: 'steps',
        importance: 50
    };
}
function reasonLine(isImage, { decision, reason }) {
    return `- ${isImage ? 'Image' : 'Pool'}: **${decision}**, because ${(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(reason, 1_000))}`;
}
function noSteps(plan) {
    return plan.findings.some(({ severity }) => severity === 'error')
        ? 'No steps: a check says that this can’t work.'
        : 'No steps: everything is as wanted.';
}
function plannedRow(step) {
    return tableRow([...stepCells(step), afterCell(step.after)]);
}
function performedRow(step, outcome) {
    const { startedAt, endedAt, status = 'not-started' } = outcome ?? {};
    const took = startedAt === undefined || endedAt === undefined ? '' : (0,elapsed/* elapsedText */.Q)(endedAt - startedAt).replace(' ', '\u00a0');
    return tableRow([summary_plan_MARKS[status], ...stepCells(step), took]);
}
function stepCells({ id, title, reason }) {
    return [(0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(id, 100)), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(title, 300)), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(reason, 600))];
}
const MOST_AFTER = 3;
function afterCell(after) {
    const named = after.slice(0, MOST_AFTER).map(id => (0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(id, 100)));
    const more = after.length - named.length;
    return `${named.join(' ')}${more > 0 ? ` and ${more} more` : ''}`;
}
const summary_plan_NEEDS = {
    patch: 'with nodes present',
    'zero-nodes': 'only at zero nodes',
    'another-pool': 'only by another pool'
};
function differencesSection({ pool }) {
    if (pool === undefined || pool.differences.length === 0)
        return undefined;
    return {
        lead: ['### Differences of the pool', '', '```diff'],
        items: pool.differences.map(summary_plan_differenceLines),
        tail: ['```'],
        what: 'differences',
        importance: 65
    };
}
function summary_plan_differenceLines({ path, present, wanted, needs }) {
    const [from, to] = withoutCommonStart(summary_plan_valueText(present), summary_plan_valueText(wanted));
    return [`@@ ${(0,plain_text/* shortLine */.tl)(path, 300)} @@ can change ${summary_plan_NEEDS[needs]}`, `- ${from}`, `+ ${to}`].join('\n');
}
function withoutCommonStart(from, to) {
    if (!from.startsWith('/subscriptions/') || !to.startsWith('/subscriptions/'))
        return [from, to];
    const [a, b] = [from.split('/'), to.split('/')];
    const same = a.findIndex((segment, index) => segment !== b[index]);
    const start = (same === -1 ? a.length : same) - 3;
    const tail = (segments) => `…/${segments.slice(start).join('/')}`;
    return start < 3 ? [from, to] : [tail(a), tail(b)];
}
function summary_plan_valueText(value) {
    if (value === undefined)
        return '(not set)';
    return (0,plain_text/* shortLine */.tl)(typeof value === 'string' ? value : JSON.stringify(value), 500);
}
const summary_plan_SEVERITIES = ['error', 'warning', 'note'];
const SIGNS = { error: '❌ error', warning: '⚠️ warning', note: 'ℹ️ note' };
function checksSection({ findings }) {
    if (findings.length === 0)
        return undefined;
    const sorted = summary_plan_SEVERITIES.flatMap(severity => findings.filter(finding => finding.severity === severity));
    return {
        lead: ['### Checks', '', ...tableHead(['', 'Check', 'What it says', 'What to do'])],
        items: sorted.map(({ severity, rule, message, wayOut, source }) => tableRow([
            SIGNS[severity],
            (0,report_escape/* markdownLink */.iQ)((0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(rule, 100)), source),
            (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(message, 1_000)),
            (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(wayOut, 1_000))
        ])),
        what: 'checks',
        importance: 68
    };
}
function foundSection({ found }) {
    if (found.length === 0)
        return undefined;
    return {
        lead: ['<details><summary>What the plan rests on</summary>', '', ...tableHead(['', 'Found'])],
        items: found.map(({ label, value }) => tableRow([(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(label, 200)), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(value, 1_000))])),
        tail: ['', '</details>'],
        what: 'facts',
        importance: 40
    };
}

;// CONCATENATED MODULE: ./build/report/summary.js






const MOST_SUMMARY_BYTES = 1_000_000;
function renderSummary(input) {
    const { plan, outcome, cloud } = input;
    const about = plan === undefined ? [] : planSections(plan, outcome, cloud);
    const sections = [
        headSection(input),
        ...failureSections(plan, outcome, cloud),
        warningsSection(outcome),
        ...about,
        footSection(input)
    ];
    return renderSections(sections.filter(section => section !== undefined), input.limitBytes ?? MOST_SUMMARY_BYTES);
}
function planSections(plan, outcome, cloud) {
    const steps = planSection(plan, outcome);
    const result = [
        nodesSection(outcome),
        troublesSection(outcome),
        resizeErrorsSection(outcome),
        touchedSection(plan, outcome, cloud),
        replicationSection(outcome),
        timeSection(plan, outcome)
    ];
    const basis = [differencesSection(plan), checksSection(plan)];
    const found = foundSection(plan);
    return plan.dryRun ? [steps, ...basis, ...result, found] : [...result, ...basis, steps, found];
}
function headSection({ plan, outcome }) {
    const icon = outcome.failure !== undefined || !outcome.ok ? '❌' : plan?.dryRun === true ? '📝' : '✅';
    return {
        lead: [`## ${icon} ${headlineOf(plan, outcome, report_escape/* markdownCode */.D9)}`, '', verdictOf(plan, outcome, report_escape/* markdownCode */.D9)],
        items: [],
        what: '',
        importance: 100
    };
}
function footSection({ plan, run }) {
    if (run === undefined)
        return undefined;
    const attempt = run.runAttempt === 1 ? '' : `, attempt ${run.runAttempt}`;
    const text = `run ${(0,report_escape/* markdownText */.p7)(run.runId)}${attempt}`;
    const link = run.runUrl === undefined ? text : (0,report_escape/* markdownLink */.iQ)(text, run.runUrl);
    const command = plan === undefined ? '' : `command ${(0,report_escape/* markdownCode */.D9)(plan.command)} · `;
    const from = `${(0,report_escape/* markdownText */.p7)(run.repository)} at ${(0,report_escape/* markdownCode */.D9)(run.commit.slice(0, 7))}`;
    return { lead: [`<sub>${command}${from} · ${link}</sub>`], items: [], what: '', importance: 100 };
}

;// CONCATENATED MODULE: ./build/reporting.js







function report(deps, { spec, plan, planFile, outcome: ended }) {
    const { log } = deps;
    const outputs = outputsOf(plan, ended, planFile === undefined ? {} : { planFile });
    const lost = tried(() => deps.setOutputs(outputs));
    const outcome = lost === undefined ? ended : withoutOutputs(ended, lost);
    const cloud = spec?.cloud ?? { kind: 'named', name: 'AzureCloud' };
    const told = (what, error) => {
        const { message } = cantWrite(what, error, 'the rest of the report is');
        tried(() => log.say((0,plain_text/* logLine */.BP)(`warning: ${message}`)));
        tried(() => log.annotate({ level: 'warning', title: 'the report is not whole', message }));
    };
    const parts = {
        'the log': () => log.say(`\n${renderOutcome(plan, outcome)}\n`),
        'the outputs’ list': () => log.say(renderOutputs(outputs)),
        'the annotations': () => annotationsOf(plan, outcome).forEach(annotation => log.annotate(annotation)),
        'the job summary': () => deps.writeSummary(renderSummary({ plan, outcome, cloud, run: deps.context }))
    };
    if (lost !== undefined && !ended.ok)
        told('the outputs (GITHUB_OUTPUT)', lost.error);
    for (const [what, write] of Object.entries(parts)) {
        const failed = tried(write);
        if (failed !== undefined)
            told(what, failed.error);
    }
    return lost === undefined;
}
function tried(write) {
    try {
        write();
        return undefined;
    }
    catch (error) {
        return { error };
    }
}
function withoutOutputs(outcome, { error }) {
    if (!outcome.ok)
        return outcome;
    const so = 'jobs that come after would go on without them';
    return { ...outcome, ok: false, failure: failureOf(cantWrite('the outputs (GITHUB_OUTPUT)', error, so)) };
}

;// CONCATENATED MODULE: ./build/plan/checks/of-pool.js
function ofPool(check) {
    return situation => (situation.pool === undefined ? undefined : check(situation.pool, situation));
}
function vmSizeOf({ properties }, { observed }) {
    const name = String(properties.vmSize ?? observed.pool?.vmSize ?? '').toLowerCase();
    return observed.vmSizes.find(size => size.name.toLowerCase() === name);
}

;// CONCATENATED MODULE: ./build/plan/checks/rule.js
const error = (message, wayOut) => ({ severity: 'error', message, wayOut });
const warning = (message, wayOut) => ({ severity: 'warning', message, wayOut });
const note = (message, wayOut) => ({ severity: 'note', message, wayOut });
const PAGE = {
    galleryPools: 'learn.microsoft.com/azure/batch/batch-sig-images (2024-03)',
    managedImagePools: 'learn.microsoft.com/azure/batch/batch-custom-images (2019-09)',
    retirement: 'learn.microsoft.com/azure/batch/batch-custom-image-pools-to-azure-compute-gallery-migration-guide (2023-03)',
    resizing: 'learn.microsoft.com/troubleshoot/azure/hpc/batch/azure-batch-pool-resizing-failure (2024-02)',
    gallery: 'learn.microsoft.com/azure/virtual-machines/azure-compute-gallery',
    imageVersion: 'learn.microsoft.com/azure/virtual-machines/image-version',
    trustedLaunch: 'learn.microsoft.com/azure/virtual-machines/trusted-launch',
    autoScale: 'learn.microsoft.com/azure/batch/batch-automatic-scaling',
    batchQuota: 'learn.microsoft.com/azure/batch/batch-quota-limit',
    batchContract: 'Microsoft.Batch resource manager contract, 2024-07-01',
    diskEncryption: 'learn.microsoft.com/azure/virtual-machines/linux/disk-encryption-linux'
};
const CONFIDENTIAL = 'learn.microsoft.com/azure/confidential-computing/create-confidential-vm-from-compute-gallery (2022-07)';
function runRules(rules, situation) {
    return rules.flatMap(({ id, source, check }) => {
        const verdicts = check(situation) ?? [];
        return (Array.isArray(verdicts) ? verdicts : [verdicts]).map(verdict => ({
            rule: id,
            source,
            ...verdict
        }));
    });
}

;// CONCATENATED MODULE: ./build/plan/checks/access-rules.js





const SOURCE = 'learn.microsoft.com/azure/batch/public-network-access';
const ACCESS_RULES = [
    {
        id: 'account-reachable',
        source: SOURCE,
        check: ({ observed: { account, serviceRefused } }) => account === undefined || serviceRefused === undefined || !isRestricted(account)
            ? undefined
            : error(`batch-account: "${(0,arm_id/* nameOf */.Vb)(account.accountId)}" ${restrictionOf(account)}, and refuses this runner: ${serviceRefused}`, wayIn(account))
    },
    {
        id: 'nodes-reach-account',
        source: SOURCE,
        check: ofPool((wish, { observed }) => {
            const { account, pool } = observed;
            if (account === undefined || !isClosedToNodes(account))
                return undefined;
            const network = networkOf(wish, pool?.body);
            const about = `batch-account: "${(0,arm_id/* nameOf */.Vb)(account.accountId)}" closes its node management endpoint to the public network`;
            if (network.subnetId === undefined) {
                return warning(`${about}, and the pool is in no virtual network; its nodes may never be ready`, 'give the pool a subnet (networkConfiguration.subnetId) of a network with a private endpoint for nodeManagement');
            }
            return account.network.privateEndpoints.some(group => group.toLowerCase() === 'nodemanagement')
                ? undefined
                : warning(`${about}, and has no approved private endpoint for it; nodes may never be ready`, 'make a private endpoint for nodeManagement in the pool’s virtual network');
        })
    }
];
function restrictionOf({ network }) {
    if (network.publicAccess !== 'Enabled')
        return `has publicNetworkAccess "${network.publicAccess}"`;
    const count = network.account?.allowed.length ?? 0;
    return count === 0
        ? 'lets no address in by its network rules'
        : `lets in ${count} ${count === 1 ? 'address or range' : 'addresses or ranges'} alone`;
}
function wayIn({ network }) {
    const inside = 'run the job on a self-hosted runner in a virtual network with a private endpoint for batchAccount';
    if (network.publicAccess === 'SecuredByPerimeter')
        return `${inside}, or add an inbound rule for the runner to the perimeter`;
    return network.publicAccess === 'Disabled'
        ? inside
        : `add the runner’s public address to the account’s network rules, which takes some minutes to count; a hosted runner has another each time: ${inside}`;
}
function isClosedToNodes({ network }) {
    return network.publicAccess === 'Disabled' || network.nodeManagement?.allowed.length === 0;
}
function networkOf({ properties }, present) {
    const own = properties.networkConfiguration;
    if ((0,model_json/* isJsonObject */.OW)(own))
        return own;
    const former = (0,model_json/* isJsonObject */.OW)(present?.properties) ? present.properties.networkConfiguration : undefined;
    return (0,model_json/* isJsonObject */.OW)(former) ? former : {};
}

// EXTERNAL MODULE: ./build/plan/image-body.js
var image_body = __webpack_require__(29856);
// EXTERNAL MODULE: ./build/plan/node-agent.js
var node_agent = __webpack_require__(11336);
;// CONCATENATED MODULE: ./build/plan/pool-difference.js




const WITH_NODES = new Set(['startTask', 'applicationPackages', 'metadata']);
function poolDifferences(wish, pool) {
    return allDifferences(wish, pool).filter(row => !(0,pool_metadata/* isUnmade */.hL)(pool.metadata, row));
}
function unmadeDifferences(wish, pool) {
    return allDifferences(wish, pool).filter(row => (0,pool_metadata/* isUnmade */.hL)(pool.metadata, row));
}
function allDifferences(wish, pool) {
    const rows = writtenDifferences(wishedBody(wish), pool);
    return [...rows.map(row => ({ ...row, needs: needsOf(wish, row.path) })), ...metadataDifferences(wish, pool)];
}
function wishedBody({ properties, spec }) {
    const { identity } = spec.pool;
    return { properties, ...(identity === undefined ? {} : { identity }) };
}
function needsOf(wish, path) {
    if (path !== 'identity' && WITH_NODES.has(topLevelName(path)))
        return 'patch';
    return wish.managed && path !== 'identity' ? 'another-pool' : 'zero-nodes';
}
function changedBody(wish, differences) {
    const { identity, properties } = wishedBody(wish);
    const names = [...new Set(differences.map(({ path }) => topLevelName(path)))];
    const written = names.filter(name => name !== 'metadata' && name !== 'identity');
    return {
        ...(names.includes('identity') && identity !== undefined ? { identity } : {}),
        properties: Object.fromEntries(written.map(name => [name, properties[name]]))
    };
}
const topLevelName = (path) => path.split(/[.[]/)[0] ?? path;
function metadataDifferences({ spec }, pool) {
    const wanted = (0,pool_metadata/* specItems */.O5)(spec.pool.properties);
    if (wanted === undefined)
        return [];
    const present = (0,pool_metadata/* foreignItems */.bL)(pool.metadata);
    const rows = bodyDifferences({ shape: POOL_METADATA, path: 'metadata' }, { present, wanted });
    return rows.length === 0
        ? []
        : [{ path: 'metadata', present: present.map(({ name }) => name), wanted, needs: 'patch' }];
}
function changedThings(differences) {
    const word = ({ path }) => path.endsWith('imageReference.id')
        ? 'image'
        : path.replace('deploymentConfiguration.virtualMachineConfiguration.', '');
    return [...new Set(differences.map(word))].join(', ');
}

// EXTERNAL MODULE: ./build/plan/security.js
var security = __webpack_require__(48066);
;// CONCATENATED MODULE: ./build/plan/checks/chosen-disks.js
function chosenDisks(source, { spec }) {
    const wanted = spec.image?.dataDisks;
    const data = source.dataDisks.filter(({ lun }) => wanted === 'all' || (Array.isArray(wanted) && wanted.includes(lun)));
    return [source.osDisk, ...data];
}

;// CONCATENATED MODULE: ./build/plan/checks/as-it-will-be.js








function fitOf(wish, situation) {
    const { pool, account, vmSizes } = situation.observed;
    const present = (0,model_json/* isJsonObject */.OW)(pool?.body.properties) ? pool.body.properties : {};
    const properties = merged(present, wish.properties);
    const hasNodes = pool !== undefined && pool.currentDedicatedNodes + pool.currentLowPriorityNodes > 0;
    return {
        wish,
        properties,
        virtualMachine: (0,node_agent/* virtualMachineConfigurationOf */.wh)(properties) ?? {},
        network: objectAt(properties, 'networkConfiguration'),
        size: vmSizeOf(wish, situation),
        sizes: vmSizes,
        image: imageToBe(situation),
        account,
        goal: wish.scale.kind === 'fixed' ? wish.scale.goal : undefined,
        isNew: pool === undefined,
        isProved: hasNodes && poolDifferences(wish, pool).length === 0
    };
}
function merged(present, wanted) {
    const both = Object.entries(wanted).map(([name, value]) => {
        const there = present[name];
        return [name, (0,model_json/* isJsonObject */.OW)(there) && (0,model_json/* isJsonObject */.OW)(value) ? merged(there, value) : value];
    });
    return { ...present, ...Object.fromEntries(both) };
}
function objectAt(json, ...path) {
    return path.reduce((inner, name) => ((0,model_json/* isJsonObject */.OW)(inner[name]) ? inner[name] : {}), json);
}
const listAt = (json, name) => {
    const list = json[name];
    return Array.isArray(list) ? list.filter(model_json/* isJsonObject */.OW) : [];
};
function imageToBe(situation) {
    const { spec, observed, version } = situation;
    if (spec.image === undefined) {
        const { rolloutVersion, rolloutDefinition, managedImage } = observed;
        if (managedImage !== undefined && rolloutVersion === undefined) {
            const { dataLuns, hyperVGeneration } = managedImage;
            return { dataLuns, ...(hyperVGeneration && { hyperVGeneration }) };
        }
        return { ...ofDefinition(rolloutDefinition), ...ofVersion(rolloutVersion) };
    }
    const there = observed.versions.find(({ versionId }) => (0,arm_id/* nameOf */.Vb)(versionId) === version?.version);
    if (situation.whole && there !== undefined)
        return { ...ofDefinition(observed.galleryImage), ...ofVersion(there) };
    const { source } = observed;
    if (source === undefined)
        return { dataLuns: [] };
    const made = ofSource(source, situation);
    if (spec.image.publishTo.kind === 'managed')
        return made;
    return { ...made, securityType: (0,security/* securityTypeOf */.cq)(source), ...ofDefinition(observed.galleryImage) };
}
function ofSource(source, situation) {
    const [os, ...data] = chosenDisks(source, situation);
    const plan = (0,image_body/* planOf */.XC)(source);
    return {
        dataLuns: data.map(disk => disk.lun ?? 0),
        hyperVGeneration: (0,image_body/* shapeOf */.F5)(source).hyperVGeneration,
        ...(os?.disk?.architecture && { architecture: os.disk.architecture }),
        ...(os?.disk?.sizeGB === undefined ? {} : { osDiskGB: os.disk.sizeGB }),
        ...(plan && { plan })
    };
}
function ofDefinition(definition) {
    if (definition === undefined)
        return {};
    const { features, hyperVGeneration, architecture, purchasePlan } = definition;
    return {
        securityType: features.SecurityType ?? 'Standard',
        hyperVGeneration,
        architecture,
        ...(purchasePlan && { plan: purchasePlan })
    };
}
function ofVersion(version) {
    const storage = objectAt(version?.body ?? {}, 'properties', 'storageProfile');
    const { sizeInGB } = objectAt(storage, 'osDiskImage');
    const dataLuns = listAt(storage, 'dataDiskImages').flatMap(({ lun }) => (typeof lun === 'number' ? [lun] : []));
    return { dataLuns, ...(typeof sizeInGB === 'number' ? { osDiskGB: sizeInGB } : {}) };
}

;// CONCATENATED MODULE: ./build/plan/checks/fit-rule.js


function toRule({ id, source, check, ofScale }) {
    return {
        id,
        source,
        check: ofPool((wish, situation) => {
            const fit = fitOf(wish, situation);
            return fit.isProved && ofScale !== true ? undefined : check(fit, situation);
        })
    };
}

;// CONCATENATED MODULE: ./build/plan/checks/network-fits.js



const INTER_NODE_LIMIT = { BatchService: 100, UserSubscription: 80 };
const NETWORK_FITS = [
    {
        id: 'inter-node-kinds',
        source: 'Batch’s own message: Azure/aztk#226 (2017)',
        ofScale: true,
        check: fit => isInterNode(fit) && fit.goal !== undefined && fit.goal.dedicated > 0 && fit.goal.lowPriority > 0
            ? error('pool-spec: interNodeCommunication is Enabled, and such a pool can’t have both dedicated and low-priority nodes', 'ask for one kind of nodes, or leave interNodeCommunication out')
            : undefined
    },
    {
        id: 'inter-node-nodes',
        source: PAGE.batchQuota,
        ofScale: true,
        check: fit => {
            const { account, goal } = fit;
            const mode = account?.poolAllocationMode === 'UserSubscription' ? 'UserSubscription' : 'BatchService';
            const limit = INTER_NODE_LIMIT[mode];
            return !isInterNode(fit) || goal === undefined || (0,wave_targets/* totalOf */.e6)(goal) <= limit
                ? undefined
                : warning(`pool-spec: ${(0,wave_targets/* totalOf */.e6)(goal)} nodes with interNodeCommunication; ${limit} are documented as the most for a pool of a ${mode} account`, `ask for ${limit} at most, or leave interNodeCommunication out`);
        }
    },
    {
        id: 'accelerated-networking',
        source: 'AcceleratedNetworkingEnabled in GET locations/{l}/virtualMachineSkus; Compute’s own message: kubernetes-sigs/cluster-api#1201',
        check: ({ network, size }) => network.enableAcceleratedNetworking === true && size?.acceleratedNetworking === false
            ? error(`pool-spec: enableAcceleratedNetworking is true, and vmSize "${size.name}" doesn’t have it`, 'leave it out, or choose a size that has it')
            : undefined
    },
    {
        id: 'public-addresses',
        source: `learn.microsoft.com/azure/batch/simplified-node-communication-pool-no-public-ip (2022-05); ${PAGE.batchContract}`,
        check: ({ network }) => {
            const { provision, ipAddressIds } = objectAt(network, 'publicIPAddressConfiguration');
            const addresses = Array.isArray(ipAddressIds) ? ipAddressIds.length : 0;
            const how = String(provision).toLowerCase();
            if (how === 'nopublicipaddresses')
                return withoutAddresses(network.subnetId, addresses);
            return how === 'usermanaged' ? withOwnAddresses(addresses) : undefined;
        }
    }
];
const isInterNode = ({ properties }) => String(properties.interNodeCommunication).toLowerCase() === 'enabled';
function withoutAddresses(subnetId, addresses) {
    const verdicts = [];
    if (subnetId === undefined) {
        verdicts.push(error('pool-spec: NoPublicIPAddresses without subnetId; such a pool must be in a virtual network of yours', 'add networkConfiguration.subnetId, or let Batch manage the addresses (BatchManaged)'));
    }
    if (addresses > 0) {
        verdicts.push(error('pool-spec: NoPublicIPAddresses with ipAddressIds; such a pool takes none', 'leave ipAddressIds out, or say provision: UserManaged'));
    }
    return verdicts;
}
function withOwnAddresses(addresses) {
    return addresses > 0
        ? undefined
        : error('pool-spec: public IP addresses are UserManaged, and ipAddressIds names none', 'name their ids, or let Batch manage the addresses (BatchManaged)');
}

;// CONCATENATED MODULE: ./build/plan/checks/security-fits.js


const SECURITY_FITS = [
    {
        id: 'security-type',
        source: `${PAGE.trustedLaunch}; ${CONFIDENTIAL}; Compute’s own messages: microsoft/STL#3159, Azure/azure-cli#27975`,
        check: fit => {
            const { securityType } = fit.image;
            return securityType === undefined ? undefined : againstImage(poolType(fit), securityType);
        }
    },
    {
        id: 'security-size',
        source: `${PAGE.trustedLaunch}; TrustedLaunchDisabled, ConfidentialComputingType in GET locations/{l}/virtualMachineSkus`,
        check: fit => {
            const type = poolType(fit);
            const { image, size, sizes } = fit;
            if (type === undefined)
                return undefined;
            const named = security_fits_WORDS[type];
            if (image.hyperVGeneration === 'V1') {
                return error(`pool-spec: securityProfile asks for ${named} nodes, which need an image of generation 2, and this one is V1`, 'leave securityType out, or build the VM as one of generation 2');
            }
            const other = `choose a size that has ${named} nodes, or leave securityType out`;
            if (size === undefined)
                return undefined;
            if (size.hyperVGenerations !== undefined && !size.hyperVGenerations.includes('V2')) {
                return error(`pool-spec: vmSize "${size.name}" is of generation 1, and ${named} nodes need 2`, other);
            }
            const isListed = sizes.some(one => one.confidentialComputingType !== undefined);
            const lacks = type === 'trustedlaunch'
                ? size.trustedLaunchDisabled === true
                : isListed && size.confidentialComputingType === undefined;
            return lacks ? error(`pool-spec: vmSize "${size.name}" has no ${named} nodes`, other) : undefined;
        }
    },
    {
        id: 'confidential-disk',
        source: PAGE.batchContract,
        check: fit => {
            const { securityEncryptionType: type } = objectAt(fit.virtualMachine, 'osDisk', 'managedDisk', 'securityProfile');
            const isConfidential = poolType(fit) === 'confidentialvm';
            if (isConfidential === (type !== undefined))
                return undefined;
            return isConfidential
                ? error('pool-spec: confidential nodes without osDisk.managedDisk.securityProfile.securityEncryptionType, which they need', 'add it: VMGuestStateOnly, NonPersistedTPM or DiskWithVMGuestState')
                : error('pool-spec: osDisk.managedDisk.securityProfile.securityEncryptionType is for confidential nodes only', 'leave it out, or say securityProfile.securityType: confidentialVM');
        }
    }
];
const security_fits_WORDS = { trustedlaunch: 'Trusted Launch', confidentialvm: 'confidential' };
function poolType({ virtualMachine }) {
    const text = String(objectAt(virtualMachine, 'securityProfile').securityType ?? '').toLowerCase();
    return text === 'trustedlaunch' || text === 'confidentialvm' ? text : undefined;
}
const ADD_TRUSTED_LAUNCH = 'add securityProfile: { securityType: trustedLaunch, uefiSettings: … } to virtualMachineConfiguration, with a vmSize that has it';
const ADD_CONFIDENTIAL = 'add securityProfile: { securityType: confidentialVM, … } and osDisk.managedDisk.securityProfile to virtualMachineConfiguration, with a vmSize that has it';
const LEAVE_OUT = 'leave securityType out, or roll out an image whose definition supports it';
const IMAGES = {
    standard: { also: [] },
    trustedlaunch: { only: 'trustedlaunch', also: [] },
    confidentialvm: { only: 'confidentialvm', also: [] },
    trustedlaunchsupported: { also: ['trustedlaunch'] },
    confidentialvmsupported: { also: ['confidentialvm'] },
    trustedlaunchandconfidentialvmsupported: { also: ['trustedlaunch', 'confidentialvm'] }
};
function againstImage(pool, ofImage) {
    const image = IMAGES[ofImage.toLowerCase()];
    if (image === undefined || pool === image.only)
        return undefined;
    const asks = pool === undefined ? 'has no securityProfile.securityType' : `asks for ${security_fits_WORDS[pool]} nodes`;
    if (image.only !== undefined) {
        return error(`pool-spec: ${asks}, and the image is of security type ${ofImage}, of which only ${security_fits_WORDS[image.only]} nodes are made`, image.only === 'trustedlaunch' ? ADD_TRUSTED_LAUNCH : ADD_CONFIDENTIAL);
    }
    if (pool === undefined || image.also.includes(pool))
        return undefined;
    const message = `pool-spec: ${asks}, and the image is of security type ${ofImage}`;
    return pool === 'trustedlaunch' && ofImage.toLowerCase() === 'standard'
        ? error(`${message}, of which none are made`, LEAVE_OUT)
        : warning(`${message}; nodes may not be made`, LEAVE_OUT);
}

;// CONCATENATED MODULE: ./build/plan/checks/size-fits.js



const EPHEMERAL = 'learn.microsoft.com/azure/batch/create-pool-ephemeral-os-disk (2025-03)';
const SIZE_FITS = [
    {
        id: 'ephemeral-nodes',
        source: `${EPHEMERAL}; learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks (2026-09)`,
        ofScale: true,
        check: fit => (isEphemeral(fit) ? [...ephemeralSize(fit), ...ephemeralSpot(fit)] : undefined)
    },
    {
        id: 'premium-storage',
        source: 'PremiumIO in GET locations/{l}/virtualMachineSkus; MicrosoftDocs/azure-docs#119870',
        check: ({ virtualMachine, size }) => {
            const disks = [
                ['osDisk', objectAt(virtualMachine, 'osDisk', 'managedDisk').storageAccountType],
                ...listAt(virtualMachine, 'dataDisks').map((disk) => [
                    `dataDisks[${String(disk.lun)}]`,
                    objectAt(disk, 'managedDisk').storageAccountType ?? disk.storageAccountType
                ])
            ];
            const premium = disks.filter(([, type]) => String(type).toLowerCase() === 'premium_lrs').map(([name]) => name);
            return size?.premiumStorage !== false || premium.length === 0
                ? undefined
                : error(`pool-spec: ${premium.join(', ')} on Premium_LRS, and vmSize "${size.name}" takes no premium storage`, 'choose Standard_LRS or StandardSSD_LRS, or a size that takes it (PremiumIO)');
        }
    },
    {
        id: 'data-disk-count',
        source: 'MaxDataDiskCount in GET locations/{l}/virtualMachineSkus',
        check: ({ virtualMachine, size, image }) => {
            const own = listAt(virtualMachine, 'dataDisks').length;
            const { length: ofImage } = image.dataLuns;
            return size?.maxDataDisks === undefined || own + ofImage <= size.maxDataDisks
                ? undefined
                : error(`pool-spec: ${ofImage} data disks of the image and ${own} of the pool; vmSize "${size.name}" takes ${size.maxDataDisks} at most`, 'choose a larger size, or leave disks out (data-disks, dataDisks)');
        }
    },
    {
        id: 'pool-data-disk-luns',
        source: 'Microsoft.Batch resource manager contract, 2024-07-01 (each disk has a LUN of its own); hashicorp/packer-plugin-azure#626 (2026); how Batch takes one that the image has: not documented',
        check: ({ virtualMachine, image }) => {
            const taken = listAt(virtualMachine, 'dataDisks').filter(({ lun }) => image.dataLuns.includes(Number(lun)));
            return taken.length === 0
                ? undefined
                : warning(`pool-spec: dataDisks have LUN ${taken.map(({ lun }) => String(lun)).join(', ')}, where the image has a data disk; nodes may not be made`, 'give the pool’s own data disks LUNs that the image leaves free, or leave the image’s out with data-disks');
        }
    },
    {
        id: 'os-disk-size',
        source: 'Compute’s own message: “The specified disk size … is smaller than the size of the corresponding disk in the VM image”',
        check: ({ virtualMachine, image }) => {
            const { diskSizeGB } = objectAt(virtualMachine, 'osDisk');
            return typeof diskSizeGB !== 'number' || image.osDiskGB === undefined || diskSizeGB >= image.osDiskGB
                ? undefined
                : error(`pool-spec: osDisk.diskSizeGB ${diskSizeGB} is below the ${image.osDiskGB} GiB of the image’s OS disk`, `leave it out, or ask for ${image.osDiskGB} at least`);
        }
    },
    {
        id: 'task-slots',
        source: PAGE.batchContract,
        check: ({ properties, size }) => {
            const slots = Number(properties.taskSlotsPerNode ?? properties.maxTasksPerNode ?? 1);
            return size?.vCpus === undefined || slots <= 4 * size.vCpus
                ? undefined
                : error(`pool-spec: ${slots} task slots for each node; 4 for each of the ${size.vCpus} vCPUs of "${size.name}" are the most`, `ask for ${4 * size.vCpus} at most, or for a larger size`);
        }
    },
    {
        id: 'vm-size-end-of-life',
        source: 'batchSupportEndOfLife in GET locations/{l}/virtualMachineSkus',
        check: ({ size }, { observed }) => {
            const end = size?.batchSupportEndOfLife;
            if (size === undefined || end === undefined || Date.parse(end) - observed.at > HALF_A_YEAR_MS)
                return undefined;
            const ended = Date.parse(end) <= observed.at;
            return warning(`pool-spec: Batch’s support of vmSize "${size.name}" ${ended ? 'ended' : 'ends'} on ${end.slice(0, 10)}${ended ? '; nodes may not be made' : ''}`, 'plan to move to a newer size');
        }
    },
    {
        id: 'purchase-plan',
        source: `${PAGE.galleryPools}: taken where the definition has the same plan; ${PAGE.managedImagePools}: not taken`,
        check: ({ wish, image: { plan }, account }) => {
            if (plan === undefined)
                return undefined;
            const about = `image: its base image has the purchase plan "${(0,image_body/* describePlan */.df)(plan)}"`;
            const wayOut = 'build the VM from an image without a purchase plan, or use an account of the user-subscription mode';
            if (wish.managed) {
                return error(`${about}; Batch takes managed images without one`, 'build the VM from an image without a purchase plan, or publish to a gallery');
            }
            return account?.poolAllocationMode === 'UserSubscription'
                ? note(`${about}, whose terms must be accepted in the account’s subscription`, 'accept them once (az vm image terms accept)')
                : warning(`${about}; nodes of a Batch-service account are in Batch’s own subscriptions, where nobody has accepted its terms`, wayOut);
        }
    }
];
const HALF_A_YEAR_MS = 180 * 86_400_000;
const isEphemeral = ({ virtualMachine }) => objectAt(virtualMachine, 'osDisk').ephemeralOSDiskSettings !== undefined;
function ephemeralSize({ virtualMachine, size, image }) {
    if (size?.ephemeralOsDisk === false) {
        return [
            error(`pool-spec: asks for an ephemeral OS disk, which vmSize "${size.name}" doesn’t have`, 'leave osDisk.ephemeralOSDiskSettings out, or choose a size that has it (EphemeralOSDiskSupported)')
        ];
    }
    const { diskSizeGB } = objectAt(virtualMachine, 'osDisk');
    const { placement } = objectAt(virtualMachine, 'osDisk', 'ephemeralOSDiskSettings');
    if (placement === undefined && size?.cachedDiskGB === 0)
        return [];
    const needed = typeof diskSizeGB === 'number' ? diskSizeGB : image.osDiskGB;
    return needed === undefined || size?.cachedDiskGB === undefined || needed <= size.cachedDiskGB
        ? []
        : [
            error(`pool-spec: an ephemeral OS disk of ${needed} GiB doesn’t fit in the ${size.cachedDiskGB} GiB cache of vmSize "${size.name}"`, 'leave osDisk.ephemeralOSDiskSettings out, or choose a size with a larger cache')
        ];
}
function ephemeralSpot({ goal, account }) {
    if (goal === undefined || goal.lowPriority === 0)
        return [];
    const message = 'pool-spec: asks for low-priority nodes with an ephemeral OS disk, which Batch doesn’t have for Spot VMs';
    const wayOut = 'leave osDisk.ephemeralOSDiskSettings out, or ask for dedicated nodes alone';
    return [account?.poolAllocationMode === 'UserSubscription' ? error(message, wayOut) : warning(message, wayOut)];
}

;// CONCATENATED MODULE: ./build/plan/checks/compatibility-rules.js




const COMPATIBILITY_RULES = [...SIZE_FITS, ...SECURITY_FITS, ...NETWORK_FITS].map(toRule);

;// CONCATENATED MODULE: ./build/model/autoscale-formula.js
const TOKEN = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|((?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?|\$?[a-z_]\w*|"[^"]*"|'[^']*'|&&|\|\||[=!<>]=|[-+*/%!<>=?:;,.()[\]])/giy;
const BETWEEN = new Set(['||', '&&', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%']);
const BEFORE = new Set(['-', '!', '+']);
const DEFINED = new Set([
    ...['$TargetDedicatedNodes', '$TargetDedicated', '$TargetLowPriorityNodes', '$TargetLowPriority'],
    ...['$CurrentDedicatedNodes', '$CurrentDedicated', '$CurrentLowPriorityNodes', '$CurrentLowPriority'],
    ...['$NodeDeallocationOption', 'requeue', 'terminate', 'taskcompletion', 'retaineddata', 'true', 'false'],
    ...['$CPUPercent', '$WallClockSeconds', '$MemoryBytes', '$DiskBytes', '$DiskReadBytes', '$DiskWriteBytes'],
    ...['$DiskReadOps', '$DiskWriteOps', '$NetworkInBytes', '$NetworkOutBytes', '$SampleNodeCount'],
    ...['$ActiveTasks', '$RunningTasks', '$PendingTasks', '$SucceededTasks', '$FailedTasks', '$TaskSlotsPerNode'],
    ...['$PreemptedNodeCount', '$UsableNodeCount'],
    ...['avg', 'len', 'lg', 'ln', 'log', 'max', 'min', 'norm', 'percentile', 'rand', 'range', 'round', 'std', 'stop'],
    ...['sum', 'time', 'val', 'vec']
].map(name => name.toLowerCase()));
function readFormula(text) {
    const { tokens, stuckAt } = tokensOf(text);
    const reading = { statements: 0, unknownNames: [] };
    const wrong = walk(tokens, reading) ?? stuckAt ?? (reading.statements === 0 ? text.length : undefined);
    if (wrong !== undefined)
        reading.problem = placeOf(text, wrong);
    return reading;
}
function tokensOf(text) {
    const tokens = [];
    TOKEN.lastIndex = 0;
    for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
        const match = TOKEN.exec(text);
        if (match === null)
            return { tokens, stuckAt: at };
        if (match[1] !== undefined)
            tokens.push({ text: match[1], at });
    }
    tokens.push({ text: '', at: text.length });
    return { tokens };
}
function walk(tokens, reading) {
    const turn = new Turn(reading);
    for (let index = 0; index < tokens.length; index++) {
        const [token, next] = [tokens[index], tokens[index + 1]?.text ?? ''];
        const taken = turn.take(token.text, { before: tokens[index - 1]?.text ?? '', next });
        if (taken === 0)
            return token.at;
        index += taken - 1;
    }
    return undefined;
}
class Turn {
    #reading;
    #assigned = new Set();
    #open = [];
    #isOperandDue = true;
    #hasBegun = false;
    #target;
    constructor(reading) {
        this.#reading = reading;
    }
    take(text, neighbours) {
        if (text === ';' || text === '')
            return this.#end();
        const isAssignment = !this.#hasBegun && isName(text) && neighbours.next === '=';
        this.#hasBegun = true;
        if (isAssignment) {
            this.#target = text;
            return 2;
        }
        return this.#isOperandDue ? this.#operand(text, neighbours) : this.#joint(text, neighbours);
    }
    #end() {
        if (this.#open.length > 0 || (this.#isOperandDue && this.#hasBegun))
            return 0;
        if (this.#hasBegun)
            this.#reading.statements += 1;
        if (this.#target !== undefined)
            this.#assigned.add(this.#target);
        this.#target = undefined;
        this.#isOperandDue = true;
        this.#hasBegun = false;
        return 1;
    }
    #operand(text, { before }) {
        if (BEFORE.has(text))
            return 1;
        if (text === '(' || text === '[')
            return this.#opens(text);
        const isEmptyList = before === (this.#top === 'call' ? '(' : '[') && closes(text, this.#top);
        if (isEmptyList && this.#top !== '(')
            this.#open.pop();
        else if (isOperand(text))
            this.#names(text);
        else
            return 0;
        this.#isOperandDue = false;
        return 1;
    }
    #joint(text, { before, next }) {
        if (text === '.')
            return isName(next) ? 2 : 0;
        if (text === '(' && isName(before))
            return this.#opens('call');
        if (closes(text, this.#top)) {
            this.#open.pop();
            return 1;
        }
        this.#isOperandDue = true;
        if (text === '?')
            return this.#opens('?');
        if (text === ',')
            return this.#top === 'call' || this.#top === '[' ? 1 : 0;
        if (text !== ':')
            return BETWEEN.has(text) ? 1 : 0;
        return this.#open.pop() === '?' ? 1 : 0;
    }
    #opens(text) {
        this.#open.push(text);
        this.#isOperandDue = true;
        return 1;
    }
    #names(text) {
        const { unknownNames } = this.#reading;
        const isKnown = !isName(text) || this.#assigned.has(text) || isDefined(text);
        if (!isKnown && !unknownNames.includes(text))
            unknownNames.push(text);
    }
    get #top() {
        return this.#open.at(-1);
    }
}
const isDefined = (name) => DEFINED.has(name.toLowerCase()) || /^TimeInterval_/i.test(name);
const isName = (text) => /^[$a-z_]/i.test(text);
const isOperand = (text) => /^(?:[\w$"']|\.\d)/.test(text);
function closes(text, open) {
    return text === ']' ? open === '[' : text === ')' && (open === '(' || open === 'call');
}
function placeOf(text, at) {
    const lines = text.slice(0, at).split('\n');
    const [word = ''] = /^\w+|^\S/.exec(text.slice(at)) ?? [];
    return { line: lines.length, column: (lines.at(-1) ?? '').length + 1, found: word };
}

;// CONCATENATED MODULE: ./build/plan/checks/formula-rules.js



const LONGEST_FORMULA = 8_192;
const MOST_STATEMENTS = 100;
const ABOUT = 'pool-spec: scaleSettings.autoScale.formula';
const CORRECT = 'correct the formula in the pool spec';
const FORMULA_RULES = [
    {
        id: 'autoscale-formula',
        source: PAGE.autoScale,
        check: ofPool(({ scale }) => scale.kind === 'auto' && scale.from === 'spec' ? formulaVerdict(scale.formula) : undefined)
    }
];
function formulaVerdict(formula) {
    const { problem, statements, unknownNames } = readFormula(formula);
    if (problem !== undefined)
        return error(`${ABOUT} is no formula: ${formula_rules_placeOf(problem)}; Batch refuses it`, CORRECT);
    if (formula.length > LONGEST_FORMULA) {
        return error(`${ABOUT} has ${formula.length} characters, and Batch takes ${LONGEST_FORMULA}`, CORRECT);
    }
    if (statements > MOST_STATEMENTS) {
        return error(`${ABOUT} has ${statements} statements, and Batch takes ${MOST_STATEMENTS}`, CORRECT);
    }
    return unknownNames.length === 0
        ? undefined
        : warning(`${ABOUT} names ${unknownNames.join(', ')}, which no statement before defines, nor Batch by its page; its evaluation would fail, and the pool would keep its size`, CORRECT);
}
const formula_rules_placeOf = ({ line, column, found }) => `${found === '' ? 'it ends too early' : `"${found}" is out of place`} (line ${line}, column ${column})`;

;// CONCATENATED MODULE: ./build/plan/checks/going-away-rules.js



const going_away_rules_SOURCE = 'provisioningState in its GET';
const GOING_AWAY_RULES = [
    {
        id: 'vm-deleting',
        source: going_away_rules_SOURCE,
        check: ({ observed: { source }, whole }) => source?.provisioningState === 'Deleting' && !whole
            ? error(`source-vm: "${(0,arm_id/* nameOf */.Vb)(source.vmId)}" is being deleted`, 'find out who deletes it; name another VM')
            : undefined
    },
    {
        id: 'gallery-state',
        source: going_away_rules_SOURCE,
        check: ({ observed: { gallery, galleryImage, rolloutDefinition } }) => {
            const definition = rolloutDefinition ?? galleryImage;
            const input = rolloutDefinition === undefined ? 'publish-to' : 'image-id';
            return [
                ...stateOf(`${input}: the gallery`, gallery?.provisioningState),
                ...(definition === undefined || isSentAgain(definition)
                    ? []
                    : stateOf(`${input}: definition "${(0,arm_id/* nameOf */.Vb)(definition.galleryImageId)}"`, definition.provisioningState))
            ];
        }
    },
    {
        id: 'image-deleting',
        source: going_away_rules_SOURCE,
        check: ({ spec, observed: { managedImage, rolloutVersion } }) => {
            const image = rolloutVersion ?? managedImage;
            if (image === undefined)
                return undefined;
            const name = 'versionId' in image ? (0,arm_id/* nameOf */.Vb)(image.versionId) : (0,arm_id/* nameOf */.Vb)(image.imageId);
            const input = spec.command === 'rollout' ? 'image-id' : 'publish-to';
            if (image.provisioningState === 'Deleting') {
                return error(`${input}: "${name}" is being deleted`, spec.command === 'rollout' ? 'roll out another image' : 'wait until it is gone, or publish under another name');
            }
            const isUseless = spec.command === 'rollout' && rolloutVersion === undefined && image.provisioningState === 'Failed';
            return isUseless
                ? error(`${input}: managed image "${name}" is Failed`, 'make it anew, or roll out another')
                : undefined;
        }
    },
    {
        id: 'account-state',
        source: `${going_away_rules_SOURCE}; Microsoft.Batch resource manager contract, 2024-07-01`,
        check: ({ pool, observed: { account } }) => {
            if (pool === undefined || account === undefined)
                return undefined;
            const state = account.provisioningState ?? 'Succeeded';
            const is = `batch-account: "${(0,arm_id/* nameOf */.Vb)(account.accountId)}" is`;
            if (state === 'Deleting')
                return error(`${is} being deleted`, 'find out who deletes it; name another account');
            if (state === 'Invalid')
                return error(`${is} Invalid: Batch can’t use it`, 'name another account, or make it anew');
            return ['Creating', 'Failed', 'Cancelled'].includes(state)
                ? warning(`${is} ${state}; pools may not be made in it`, 'look at the account; make it anew, or wait for it')
                : undefined;
        }
    },
    {
        id: 'pool-deleting',
        source: going_away_rules_SOURCE,
        check: ({ pool, observed }) => going_away_rules_poolState(pool?.spec.poolName, observed.pool?.provisioningState)
    }
];
const isSentAgain = ({ tags, provisioningState }) => tags?.[run_tags/* TAG */.Dk.key] !== undefined && provisioningState !== 'Deleting';
function going_away_rules_poolState(name, state) {
    return name !== undefined && state === 'Deleting'
        ? error(`pool "${name}" is being deleted; it can’t be changed, and no other can have its name until it is gone`, 'run again when it is gone: the pool is made anew then; or give the pool another name')
        : undefined;
}
function stateOf(what, state) {
    if (state === 'Deleting')
        return [error(`${what} is being deleted`, 'find out who deletes it; name another')];
    return state === 'Failed' || state === 'Canceled'
        ? [
            warning(`${what} is ${state}; Azure may refuse what is made in it`, 'look at it in the portal; name another, or mend it')
        ]
        : [];
}

// EXTERNAL MODULE: ./build/plan/making.js
var plan_making = __webpack_require__(49473);
;// CONCATENATED MODULE: ./build/plan/regions.js

function replicasFor(nodes) {
    return Math.max(1, Math.ceil(nodes / 300));
}
function planRegions({ asked, source, account, nodes, replicationMode }) {
    const replicasIn = (region) => account !== undefined && (0,model_region/* sameRegion */.Z)(region, account) ? replicasFor(nodes) : 1;
    const all = new Map();
    for (const { region, replicas } of [
        ...asked,
        { region: source },
        ...(account === undefined ? [] : [{ region: account }])
    ]) {
        const name = (0,model_region/* regionName */.g)(region);
        if (!all.has(name))
            all.set(name, { region: name, replicas: replicas ?? replicasIn(name) });
    }
    const regions = [...all.values()];
    const needed = (region) => (0,model_region/* sameRegion */.Z)(region, source) || account === undefined || (0,model_region/* sameRegion */.Z)(region, account);
    const atOnce = replicationMode === 'Shallow' ? regions : regions.filter(({ region }) => needed(region));
    return {
        first: atOnce,
        later: regions.filter(region => !atOnce.includes(region)),
        awaited: account === undefined ? atOnce.map(({ region }) => region) : [(0,model_region/* regionName */.g)(account)]
    };
}

;// CONCATENATED MODULE: ./build/plan/checks/image-rules.js









function galleryTarget({ spec }) {
    return spec.image?.publishTo.kind === 'gallery' ? spec.image.publishTo : undefined;
}
const IMAGE_RULES = [
    {
        id: 'gallery-exists',
        source: PAGE.gallery,
        check: situation => {
            const target = galleryTarget(situation);
            if (target === undefined || situation.observed.gallery?.exists !== false)
                return undefined;
            const [gallery = ''] = (0,arm_id/* namesOf */.eZ)(target.galleryImageId);
            return error(`publish-to: gallery "${gallery}" does not exist in resource group "${(0,arm_id/* resourceGroupOf */.Tp)(target.galleryImageId)}", or the caller may not see it`, `create it (az sig create --resource-group ${(0,arm_id/* resourceGroupOf */.Tp)(target.galleryImageId)} --gallery-name ${gallery}); definitions and versions in it are made by this action`);
        }
    },
    {
        id: 'definition-matches',
        source: PAGE.gallery,
        check: situation => {
            const { source, galleryImage } = situation.observed;
            if (galleryTarget(situation) === undefined || situation.whole)
                return undefined;
            if (source === undefined || galleryImage === undefined)
                return undefined;
            const plan = (0,image_body/* planOf */.XC)(source);
            const { hyperVGeneration } = (0,image_body/* shapeOf */.F5)(source);
            const rows = [
                ['osType', galleryImage.osType, source.osType],
                ['osState', galleryImage.osState, 'Generalized'],
                ['hyperVGeneration', galleryImage.hyperVGeneration, hyperVGeneration],
                ['architecture', galleryImage.architecture, source.osDisk.disk?.architecture ?? galleryImage.architecture],
                ...(isSupporting(galleryImage) ? [] : [securityRow(galleryImage, source)]),
                ...(plan === undefined ? [] : [planRow(galleryImage, plan)])
            ];
            const wrong = rows.filter(([, has, needs]) => has.toLowerCase() !== needs.toLowerCase());
            return wrong.length === 0
                ? undefined
                : error(`publish-to: definition "${(0,arm_id/* nameOf */.Vb)(galleryImage.galleryImageId)}" has ${wrong.map(([name, has, needs]) => `${name} ${has} where the source has ${needs}`).join(', ')}; a definition can’t change these`, 'publish to another definition; a missing one is made with the source’s properties');
        }
    },
    {
        id: 'definition-supports',
        source: 'the service’s own words against snapshots as a source: microsoft/STL#4682 (2024); for them: hashicorp/packer-plugin-azure#528 (2025)',
        check: situation => {
            const { source, galleryImage } = situation.observed;
            if (galleryTarget(situation) === undefined || situation.whole || source === undefined)
                return undefined;
            return galleryImage !== undefined && isSupporting(galleryImage)
                ? warning(`publish-to: definition "${(0,arm_id/* nameOf */.Vb)(galleryImage.galleryImageId)}" is ${galleryImage.features.SecurityType}; it may not take snapshots, of which this action makes a version`, `if Azure refuses the version, publish to another definition; a missing one is made as ${(0,security/* securityTypeOf */.cq)(source)}`)
                : undefined;
        }
    },
    {
        id: 'version-taken',
        source: PAGE.imageVersion,
        check: situation => {
            const target = galleryTarget(situation);
            const there = situation.observed.versions.find(({ versionId }) => (0,arm_id/* nameOf */.Vb)(versionId) === situation.version?.version);
            if (target === undefined || there === undefined || there.tags[run_tags/* TAG */.Dk.key] === situation.key)
                return undefined;
            return error(`image-version: "${(0,arm_id/* nameOf */.Vb)(there.versionId)}" of "${(0,arm_id/* nameOf */.Vb)(target.galleryImageId)}" exists and was not made from these inputs`, 'name another version, or image-version: auto');
        }
    },
    {
        id: 'version-deleting',
        source: PAGE.imageVersion,
        check: ({ observed, version }) => {
            const there = observed.versions.find(({ versionId }) => (0,arm_id/* nameOf */.Vb)(versionId) === version?.version);
            return there?.provisioningState === 'Deleting'
                ? error(`image-version: "${(0,arm_id/* nameOf */.Vb)(there.versionId)}" is being deleted`, 'wait until it is gone, or name another version')
                : undefined;
        }
    },
    {
        id: 'managed-image-taken',
        source: PAGE.managedImagePools,
        check: ({ spec, observed, key }) => {
            const image = observed.managedImage;
            if (spec.image?.publishTo.kind !== 'managed' || image === undefined || image.tags[run_tags/* TAG */.Dk.key] === key)
                return undefined;
            return error(`publish-to: managed image "${(0,arm_id/* nameOf */.Vb)(image.imageId)}" exists and was not made from these inputs; Azure would replace it without a word`, 'publish under another name');
        }
    },
    {
        id: 'managed-image-region',
        source: PAGE.managedImagePools,
        check: ({ spec, observed }) => {
            if (spec.image?.publishTo.kind !== 'managed' || observed.source === undefined)
                return undefined;
            const { account, source } = observed;
            return account === undefined || (0,model_region/* sameRegion */.Z)(account.location, source.location)
                ? undefined
                : error(`publish-to: a managed image is made in its source’s region "${source.location}", and a pool in "${account.location}" can’t use it`, 'publish to a gallery, which replicates to the account’s region');
        }
    },
    {
        id: 'snapshot-taken',
        source: 'tags of the snapshot',
        check: situation => (situation.whole ? undefined : (0,plan_making/* imageDisks */.CW)(situation).flatMap(disk => inTheWay(situation, disk)))
    },
    {
        id: 'replicas',
        source: PAGE.galleryPools,
        check: situation => {
            const target = galleryTarget(situation);
            const { account } = situation.observed;
            const nodes = situation.pool?.nodes ?? 0;
            if (target === undefined || account === undefined)
                return undefined;
            const asked = target.targetRegions.find(({ region }) => (0,model_region/* sameRegion */.Z)(region, account.location));
            const replicas = asked?.replicas ?? replicasFor(nodes);
            if (replicas < replicasFor(nodes)) {
                return warning(`target-regions: ${replicas} ${replicas === 1 ? 'replica' : 'replicas'} in "${account.location}" for ${nodes} nodes; Batch’s rule is one for each 300`, `ask for ${account.location}=${replicasFor(nodes)}, or leave the number out`);
            }
            const waveSize = situation.pool?.spec.waveSize ?? 'all';
            const wave = waveSize === 'all' ? nodes : Math.min(nodes, waveSize);
            return wave > replicas * 50
                ? note(`target-regions: waves of ${wave} nodes with ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}: the gallery’s own rule is one for each 50 VMs created at once, Batch’s is one for each 300`, 'if nodes come slowly, ask for more replicas in target-regions, or for a smaller wave-size')
                : undefined;
        }
    },
    {
        id: 'account-region-added',
        source: PAGE.galleryPools,
        check: situation => {
            const target = galleryTarget(situation);
            const { account } = situation.observed;
            if (target === undefined || account === undefined || target.targetRegions.length === 0)
                return undefined;
            return target.targetRegions.some(({ region }) => (0,model_region/* sameRegion */.Z)(region, account.location))
                ? undefined
                : note(`target-regions: leaves out "${account.location}", where the pool is; it is added`, 'name it to choose its replicas');
        }
    },
    {
        id: 'shallow-region',
        source: PAGE.gallery,
        check: ({ observed: { versions, account }, version }) => {
            const there = versions.find(({ versionId }) => (0,arm_id/* nameOf */.Vb)(versionId) === version?.version);
            if (there?.replicationMode !== 'Shallow' || account === undefined)
                return undefined;
            return there.targetRegions.some(({ region }) => (0,model_region/* sameRegion */.Z)(region, account.location))
                ? undefined
                : error(`image-version: "${(0,arm_id/* nameOf */.Vb)(there.versionId)}" is Shallow and not in "${account.location}", where the pool is; a shallow version gains no region later`, 'make another version (image-version): it gets all its regions from the start');
        }
    },
    {
        id: 'source-region-added',
        source: PAGE.imageVersion,
        check: situation => {
            const target = galleryTarget(situation);
            const { source, account } = situation.observed;
            if (target === undefined || source === undefined || target.targetRegions.length === 0)
                return undefined;
            const there = target.targetRegions.some(({ region }) => (0,model_region/* sameRegion */.Z)(region, source.location));
            return there || (account !== undefined && (0,model_region/* sameRegion */.Z)(account.location, source.location))
                ? undefined
                : note(`target-regions: leaves out the source’s region "${source.location}", which a version must have; it is added`, 'name it to choose its replicas');
        }
    },
    {
        id: 'rollout-image',
        source: PAGE.galleryPools,
        check: ({ spec, observed }) => {
            if (spec.command !== 'rollout')
                return undefined;
            const { imageId, imageFrom = 'image-id' } = spec.rollout;
            const missing = observed.rolloutVersion === undefined && observed.managedImage === undefined;
            if (missing)
                return error(`${imageFrom}: image "${imageId}" does not exist, or the caller may not see it`, 'correct the id, or give the caller a role on the image');
            return observed.rolloutDefinition?.osState === 'Specialized'
                ? error(`${imageFrom}: image "${imageId}" is of a specialized definition; Batch takes generalized images only`, 'roll out a version of a generalized definition')
                : undefined;
        }
    },
    {
        id: 'rollout-image-ready',
        source: PAGE.galleryPools,
        check: ({ spec, observed }) => {
            const { rolloutVersion: version, account } = observed;
            if (version === undefined || account === undefined)
                return undefined;
            const from = spec.rollout?.imageFrom ?? 'image-id';
            if (!version.targetRegions.some(({ region }) => (0,model_region/* sameRegion */.Z)(region, account.location))) {
                return error(`${from}: image version "${(0,arm_id/* nameOf */.Vb)(version.versionId)}" has no replica in "${account.location}", where the pool is`, 'add that region to the version (target-regions of the run that makes it), and wait until it is replicated');
            }
            const state = version.replication?.regions.find(({ region }) => (0,model_region/* sameRegion */.Z)(region, account.location))?.state;
            return state === undefined || state === 'Completed'
                ? undefined
                : error(`${from}: the replica of "${(0,arm_id/* nameOf */.Vb)(version.versionId)}" in "${account.location}" is ${state}`, state === 'Failed'
                    ? 'run what made the version again, with the same inputs and this region among target-regions: it takes the region off and adds it again, as Azure advises'
                    : 'wait until it is Completed, then run again');
        }
    },
    {
        id: 'image-subscription',
        source: PAGE.galleryPools,
        check: ({ pool }) => pool === undefined || (0,arm_id/* subscriptionOf */.XD)(pool.imageId).toLowerCase() === (0,arm_id/* subscriptionOf */.XD)(pool.poolId).toLowerCase()
            ? undefined
            : note(`image: it is in subscription "${(0,arm_id/* subscriptionOf */.XD)(pool.imageId)}", and the Batch account in "${(0,arm_id/* subscriptionOf */.XD)(pool.poolId)}"`, 'register Microsoft.Batch in the image’s subscription (az provider register --namespace Microsoft.Batch); both must be in one tenant')
    }
];
const isSupporting = ({ features }) => /Supported$/i.test(features.SecurityType ?? '');
function securityRow({ features }, source) {
    return ['SecurityType', features.SecurityType ?? 'Standard', (0,security/* securityTypeOf */.cq)(source)];
}
function planRow({ purchasePlan }, plan) {
    return ['purchasePlan', purchasePlan === undefined ? 'none' : (0,image_body/* describePlan */.df)(purchasePlan), (0,image_body/* describePlan */.df)(plan)];
}
function inTheWay({ spec, observed, context, key = '' }, disk) {
    const there = observed.snapshots.find(({ snapshotId }) => (0,arm_id/* sameId */.s)(snapshotId, disk.snapshotId));
    if (there === undefined || spec.image === undefined)
        return [];
    const wayOut = 'delete it, or name another image-version';
    const name = (0,arm_id/* nameOf */.Vb)(disk.snapshotId);
    const ofDisk = there.sourceResourceId === undefined || (0,arm_id/* sameId */.s)(there.sourceResourceId, disk.diskId);
    if (!ofDisk || !(0,run_tags/* isFrom */.L$)(there.tags, spec.image.sourceVmId)) {
        const source = there.sourceResourceId ?? 'an unknown source';
        return [error(`snapshot "${name}" exists, and was not made for this image: it is of "${source}"`, wayOut)];
    }
    return isUsable(there, { key, context, at: observed.at })
        ? []
        : [
            error(`snapshot "${name}" exists, and is of ${there.timeCreated ?? 'an unknown time'}: too old to publish as new`, wayOut)
        ];
}

;// CONCATENATED MODULE: ./build/plan/checks/limit-rules.js





const MOST_INCREMENTAL_SNAPSHOTS = 500;
const limit_rules_MOST_TAGS = 50;
const LIMIT_RULES = [
    {
        id: 'pool-quota',
        source: PAGE.batchQuota,
        check: ofPool((_wish, { observed: { account, pool, otherPools } }) => {
            const quota = account?.poolQuota;
            if (account === undefined || quota === undefined || pool !== undefined || otherPools.length < quota) {
                return undefined;
            }
            return error(`batch-account: "${(0,arm_id/* nameOf */.Vb)(account.accountId)}" has as many pools as its quota, ${quota}; no other can be made`, 'delete a pool that nobody needs, or ask for more quota of the Batch account');
        })
    },
    {
        id: 'snapshot-limit',
        source: 'learn.microsoft.com/azure/virtual-machines/disks-incremental-snapshots (restrictions)',
        check: situation => (situation.whole ? undefined : (0,plan_making/* imageDisks */.CW)(situation).flatMap(disk => tooMany(situation, disk)))
    },
    {
        id: 'vm-tags',
        source: 'learn.microsoft.com/azure/azure-resource-manager/management/tag-resources',
        check: ({ spec, whole, observed: { source } }) => {
            if (source === undefined || whole || spec.image?.stopVm !== true || (0,plan_lease/* leaseOfTags */.n7)(source.tags) !== undefined)
                return;
            const count = Object.keys(source.tags).length;
            return count < limit_rules_MOST_TAGS
                ? undefined
                : error(`stop-vm: "${(0,arm_id/* nameOf */.Vb)(source.vmId)}" has ${count} tags, ${limit_rules_MOST_TAGS} is Azure’s limit, and its lease is one more`, 'take a tag off the VM, or leave stop-vm out');
        }
    }
];
function tooMany({ observed: { snapshots } }, { diskId, snapshotId }) {
    const ofDisk = snapshots.filter(({ incremental, sourceResourceId }) => incremental === true && sourceResourceId !== undefined && (0,arm_id/* sameId */.s)(sourceResourceId, diskId));
    const isThere = ofDisk.some(snapshot => (0,arm_id/* sameId */.s)(snapshot.snapshotId, snapshotId));
    return ofDisk.length < MOST_INCREMENTAL_SNAPSHOTS || isThere
        ? []
        : [
            error(`source-vm: disk "${(0,arm_id/* nameOf */.Vb)(diskId)}" has ${ofDisk.length} incremental snapshots, and ${MOST_INCREMENTAL_SNAPSHOTS} is Azure’s limit`, 'delete snapshots of it that nobody needs')
        ];
}

;// CONCATENATED MODULE: ./build/plan/checks/managed-image-rules.js





const MANAGED_IMAGE_RULES = [
    {
        id: 'managed-image-retired',
        source: PAGE.retirement,
        check: ofPool(({ managed }) => managed
            ? warning('image: Microsoft announced that Batch takes custom images only from an Azure Compute Gallery since 2026-03-31; the service refused pools from managed images when last recorded (2025-01-16)', 'publish to a gallery image definition (…/galleries/{gallery}/images/{definition}); a managed image can be the source of a version')
            : undefined)
    },
    {
        id: 'managed-image-place',
        source: PAGE.managedImagePools,
        check: ofPool(({ managed, imageId, poolId }, { observed }) => {
            if (!managed)
                return undefined;
            const { managedImage, account } = observed;
            const wayOut = 'publish to a gallery, or make the image beside the account';
            const verdicts = [];
            if ((0,arm_id/* subscriptionOf */.XD)(imageId).toLowerCase() !== (0,arm_id/* subscriptionOf */.XD)(poolId).toLowerCase()) {
                verdicts.push(error(`image: managed image "${(0,arm_id/* nameOf */.Vb)(imageId)}" is in another subscription than the Batch account`, wayOut));
            }
            if (managedImage !== undefined && account !== undefined && !(0,model_region/* sameRegion */.Z)(managedImage.location, account.location)) {
                verdicts.push(error(`image: managed image "${(0,arm_id/* nameOf */.Vb)(imageId)}" is in "${managedImage.location}", and the Batch account in "${account.location}"`, wayOut));
            }
            return verdicts;
        })
    },
    {
        id: 'managed-image-shared',
        source: PAGE.managedImagePools,
        check: ofPool((wish, { observed }) => {
            const others = sharing(wish, observed.otherPools);
            return wish.managed && others.length > 0
                ? warning(`image: managed image "${(0,arm_id/* nameOf */.Vb)(wish.imageId)}" is used by pool ${others.map(pool => `"${(0,arm_id/* nameOf */.Vb)(pool.poolId)}"`).join(', ')}; Microsoft’s page says that each pool needs an image of its own, and also what the limit is over all pools of one`, 'make another managed image for this pool')
                : undefined;
        })
    },
    {
        id: 'managed-image-nodes',
        source: `${PAGE.managedImagePools}; ${PAGE.batchQuota}`,
        check: ofPool((wish, { observed }) => {
            if (!wish.managed || wish.scale.kind !== 'fixed')
                return undefined;
            const others = sharing(wish, observed.otherPools);
            const sum = (of) => others.reduce((total, pool) => total + of(pool), 0);
            const dedicated = wish.scale.goal.dedicated + sum(pool => pool.currentDedicatedNodes);
            const lowPriority = wish.scale.goal.lowPriority + sum(pool => pool.currentLowPriorityNodes);
            const about = `pool-spec: ${dedicated} dedicated and ${lowPriority} low-priority nodes from one managed image`;
            const wayOut = 'ask for fewer, or publish to a gallery, which has no such limit';
            if ((0,wave_targets/* isShort */.tQ)({ dedicated: 2_500, lowPriority: 1_000 }, { dedicated, lowPriority })) {
                return error(`${about}; 2500 and 1000 are the most over all its pools`, wayOut);
            }
            return dedicated > 2_000
                ? warning(`${about}; one page says 2500 dedicated nodes at most over all its pools, another 2000`, wayOut)
                : undefined;
        })
    }
];
function sharing({ imageId, poolId }, pools) {
    return pools.filter(pool => !(0,arm_id/* sameId */.s)(pool.poolId, poolId) && pool.imageId !== undefined && (0,arm_id/* sameId */.s)(pool.imageId, imageId));
}

;// CONCATENATED MODULE: ./build/plan/checks/looked.js


function ofLooked(about, looked, check) {
    if (!('unread' in looked))
        return check(looked.found);
    const { action, why } = looked.unread;
    const wayOut = /authorization|forbidden|denied/i.test(why)
        ? `give the identity that signs in a role with the action "${action}" to have it checked`
        : 'make sure of it by hand; the next run looks again';
    return [note(`${about} could not be checked: ${why}`, wayOut)];
}
function refusedUnlessThere(pool, id) {
    return pool !== undefined && looked_holds(pool.body, id) ? warning : error;
}
function looked_holds(json, id) {
    if (typeof json === 'string')
        return (0,arm_id/* sameId */.s)(json, id);
    if (typeof json !== 'object' || json === null)
        return false;
    return Object.entries(json).some(([name, value]) => (0,arm_id/* sameId */.s)(name, id) || looked_holds(value, id));
}

;// CONCATENATED MODULE: ./build/plan/checks/named-rules.js





const NAMED_RULES = [
    {
        id: 'identities',
        source: PAGE.batchContract,
        check: ofPool((_wish, { observed: { named, pool } }) => named?.identities.flatMap(({ id, looked }) => {
            const about = `pool-spec: user-assigned identity "${(0,arm_id/* nameOf */.Vb)(id)}"`;
            return ofLooked(about, looked, found => found !== undefined
                ? []
                : [
                    refusedUnlessThere(pool, id)(`${about} does not exist`, 'correct identity.userAssignedIdentities, or create it (az identity create)')
                ]);
        }))
    },
    {
        id: 'application-packages',
        source: `${PAGE.batchContract}: 409 InvalidApplicationPackageReferences`,
        check: ofPool((wish, situation) => situation.observed.named?.packages.flatMap(one => [
            ...inAccount(one, wish),
            ...ofLooked(aboutPackage(one), one.looked, found => packageVerdicts(one, found, situation))
        ]))
    },
    {
        id: 'encryption-sets',
        source: 'learn.microsoft.com/azure/virtual-machines/disk-encryption (restrictions)',
        check: ofPool((_wish, { observed: { named, account, pool } }) => named?.encryptionSets.flatMap(({ id, looked }) => {
            const about = `pool-spec: disk encryption set "${(0,arm_id/* nameOf */.Vb)(id)}"`;
            return ofLooked(about, looked, found => {
                if (found === undefined) {
                    return [refusedUnlessThere(pool, id)(`${about} does not exist`, 'correct the id, or create it')];
                }
                return account === undefined || (0,model_region/* sameRegion */.Z)(found.location, account.location)
                    ? []
                    : [
                        error(`${about} is in "${found.location}", and the nodes’ disks in "${account.location}"; both must be in one region`, 'name a disk encryption set of the account’s region')
                    ];
            });
        }))
    }
];
const aboutPackage = ({ id, version }) => `pool-spec: application package "${(0,arm_id/* nameOf */.Vb)(id)}"${version === undefined ? '' : ` version "${version}"`}`;
function inAccount({ id, version, looked }, { spec }) {
    return (0,arm_id/* sameId */.s)((0,arm_id/* parentId */.A1)(id), spec.batchAccountId)
        ? []
        : [
            error(`${aboutPackage({ id, looked, ...(version === undefined ? {} : { version }) })} is of account "${(0,arm_id/* nameOf */.Vb)((0,arm_id/* parentId */.A1)(id))}"; a pool takes packages of its own account only`, `upload it to "${(0,arm_id/* nameOf */.Vb)(spec.batchAccountId)}", and name that`)
        ];
}
function packageVerdicts(one, found, { observed }) {
    const refuse = refusedUnlessThere(observed.pool, one.id);
    const about = aboutPackage(one);
    if (found === undefined) {
        return [
            refuse(`${about} does not exist`, 'upload it (az batch application package create), or name one that is there')
        ];
    }
    if (one.version === undefined) {
        return found.version === undefined
            ? [refuse(`${about} has no default version, and the pool spec names none`, 'name a version, or set a default')]
            : [];
    }
    return found.state === 'Pending'
        ? [refuse(`${about} was uploaded and not activated`, 'activate it (az batch application package activate)')]
        : [];
}

;// CONCATENATED MODULE: ./build/plan/checks/network-rules.js







const KEPT_BY_AZURE = 5;
const NODES_PER_PUBLIC_IP = 100;
const NETWORK_RULES = [
    {
        id: 'subnet',
        source: PAGE.batchContract,
        check: ofPool((wish, situation) => {
            const network = situation.observed.named?.network;
            return network && ofLooked('pool-spec: the subnet', network, found => subnetVerdicts(found, wish, situation));
        })
    },
    {
        id: 'subnet-outbound',
        source: 'learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access (2026-01); learn.microsoft.com/azure/batch/simplified-node-communication-pool-no-public-ip (2022-05)',
        check: ofPool((wish, situation) => {
            const subnet = subnetOf(wish, situation);
            if (subnet?.isPrivate !== true || !hasNoAddresses(fitOf(wish, situation)))
                return undefined;
            return warning(`pool-spec: subnet "${subnet.name}" has no way out (defaultOutboundAccess is false, and it has no NAT gateway and no route table), and the nodes get no public IP addresses: they reach only what private endpoints bring into the network`, 'give the subnet a NAT gateway or a route to a firewall; or see that private endpoints serve all that nodes need: the account’s node management, its storage, registries, package feeds');
        })
    },
    {
        id: 'public-ips',
        source: 'learn.microsoft.com/azure/batch/create-pool-public-ip',
        check: ofPool((wish, situation) => {
            const addresses = situation.observed.named?.publicIPs ?? [];
            return [
                ...enoughAddresses(addresses.length, wish),
                ...addresses.flatMap(({ id, looked }) => ofLooked(`pool-spec: public IP address "${(0,arm_id/* nameOf */.Vb)(id)}"`, looked, found => addressVerdicts(id, found, situation)))
            ];
        })
    }
];
function subnetOf({ spec }, { observed }) {
    const { subnetId } = (0,named_by_pool/* namedByPool */.h)(spec.pool);
    const network = observed.named?.network;
    if (subnetId === undefined || network === undefined || 'unread' in network)
        return undefined;
    return network.found?.subnets.find(one => one.name.toLowerCase() === (0,arm_id/* nameOf */.Vb)(subnetId).toLowerCase());
}
const hasNoAddresses = ({ network }) => String(objectAt(network, 'publicIPAddressConfiguration').provision).toLowerCase() === 'nopublicipaddresses';
function subnetVerdicts(network, wish, situation) {
    const { subnetId } = (0,named_by_pool/* namedByPool */.h)(wish.spec.pool);
    if (subnetId === undefined)
        return [];
    const { account, pool } = situation.observed;
    const [name, networkName] = [(0,arm_id/* nameOf */.Vb)(subnetId), (0,arm_id/* nameOf */.Vb)((0,arm_id/* parentId */.A1)(subnetId))];
    const about = `pool-spec: subnet "${name}" of virtual network "${networkName}"`;
    const subnet = network?.subnets.find(one => one.name.toLowerCase() === name.toLowerCase());
    if (network === undefined || subnet === undefined) {
        return [
            refusedUnlessThere(pool, subnetId)(network === undefined
                ? `${about}: there is no such virtual network`
                : `${about} does not exist; it has ${subnetNames(network)}`, 'correct networkConfiguration.subnetId, or create the subnet')
        ];
    }
    const elsewhere = account !== undefined && !(0,model_region/* sameRegion */.Z)(network.location, account.location)
        ? [
            error(`${about} is in "${network.location}", and the Batch account in "${account.location}"; nodes join networks of the account’s region only`, 'name a subnet of a virtual network in the account’s region')
        ]
        : [];
    return [
        ...elsewhere,
        ...delegationVerdict(about, subnet),
        ...roomVerdict(about, subnet, nodesToCome(wish, situation))
    ];
}
const subnetNames = ({ subnets }) => subnets.map(({ name }) => `"${name}"`).join(', ') || 'none';
function delegationVerdict(about, { delegations }) {
    return delegations.length === 0
        ? []
        : [
            warning(`${about} is delegated to ${delegations.join(', ')}; nodes of a pool may not join it`, 'name a subnet that is delegated to nothing')
        ];
}
function nodesToCome({ nodes }, { observed: { pool } }) {
    return Math.max(0, nodes - (pool === undefined ? 0 : pool.currentDedicatedNodes + pool.currentLowPriorityNodes));
}
function roomVerdict(about, { addressPrefixes, usedAddresses }, nodes) {
    const sizes = addressPrefixes.flatMap(sizeOf);
    if (sizes.length === 0)
        return [];
    const left = Math.max(0, sizes.reduce((sum, size) => sum + size - KEPT_BY_AZURE, 0) - usedAddresses);
    return nodes <= left
        ? []
        : [
            warning(`${about} has ${left} free addresses (${addressPrefixes.join(', ')}, of which ${usedAddresses} are in use and Azure keeps ${KEPT_BY_AZURE}) for ${nodes} nodes that are to come`, 'name a larger subnet, or ask for fewer nodes')
        ];
}
function sizeOf(prefix) {
    const [, bits] = /^[\d.]+\/(\d{1,2})$/.exec(prefix) ?? [];
    return bits === undefined ? [] : [2 ** (32 - Number(bits))];
}
function enoughAddresses(addresses, { scale }) {
    if (addresses === 0 || scale.kind !== 'fixed')
        return [];
    const { dedicated, lowPriority } = scale.goal;
    const begun = (nodes) => Math.ceil(nodes / NODES_PER_PUBLIC_IP);
    const needed = begun(dedicated) + begun(lowPriority);
    if (addresses >= needed)
        return [];
    const say = addresses < begun(dedicated + lowPriority) ? error : warning;
    return [
        say(`pool-spec: ${addresses} public IP ${addresses === 1 ? 'address' : 'addresses'} for ${dedicated} dedicated and ${lowPriority} low-priority nodes; each serves ${NODES_PER_PUBLIC_IP} nodes of one kind`, `name ${needed} or more in publicIPAddressConfiguration.ipAddressIds, or ask for fewer nodes`)
    ];
}
function addressVerdicts(id, address, { observed: { account, pool } }) {
    const about = `pool-spec: public IP address "${(0,arm_id/* nameOf */.Vb)(id)}"`;
    if (address === undefined) {
        return [
            refusedUnlessThere(pool, id)(`${about} does not exist in subscription "${(0,arm_id/* subscriptionOf */.XD)(id)}"`, 'correct publicIPAddressConfiguration.ipAddressIds, or create it')
        ];
    }
    const verdicts = [];
    if (account !== undefined && !(0,model_region/* sameRegion */.Z)(address.location, account.location)) {
        verdicts.push(error(`${about} is in "${address.location}", and the Batch account in "${account.location}"; both must be in one region`, 'name public IP addresses of the account’s region'));
    }
    if (address.sku?.toLowerCase() === 'basic' || address.allocationMethod?.toLowerCase() === 'dynamic') {
        verdicts.push(warning(`${about} is ${[address.sku, address.allocationMethod].filter(Boolean).join(', ')}; Batch asks for Standard and Static`, 'create it with the Standard SKU and static allocation'));
    }
    if (address.usedBy !== undefined && pool === undefined) {
        verdicts.push(warning(`${about} is used by ${address.usedBy} already; nodes may not be allocated`, 'name addresses that nothing else uses'));
    }
    return verdicts;
}

;// CONCATENATED MODULE: ./build/plan/checks/pool-body-rules.js






const named = ({ spec }) => `pool "${spec.poolName}"`;
const POOL_BODY_RULES = [
    {
        id: 'start-task-command',
        source: 'Microsoft.Batch resource manager contract, 2025-06-01 (startTask.commandLine)',
        check: ofPool((wish, situation) => {
            const { pool } = situation.observed;
            const written = wish.properties.startTask;
            const startTask = objectAt(fitOf(wish, situation).properties, 'startTask');
            if (written === undefined || startTask.commandLine !== undefined)
                return undefined;
            const why = pool === undefined ? 'a new pool needs one' : `${named(wish)} has none to keep`;
            return error(`pool-spec: startTask.commandLine is missing, and ${why}`, 'say what the start task runs');
        })
    },
    {
        id: 'pool-secrets',
        source: PAGE.batchContract,
        check: ofPool((wish, { observed: { pool } }) => {
            if (pool === undefined)
                return undefined;
            const missing = missingSecretsOf(changedBody(wish, poolDifferences(wish, pool)), pool);
            return missing.map(({ path, must }) => must
                ? error(`${named(wish)}: a change of ${topOf(path)} sends it whole, and no answer of Batch shows ${path}: the pool would lose it`, 'write it into the pool spec, with what it is part of, as a reference such as ${env:NAME}' +
                    (path.endsWith('.protectedSettings') ? '; as {} where there is none' : ''))
                : note(`${named(wish)}: a change of ${topOf(path)} sends it whole, and no answer of Batch shows whether there is ${path}`, 'write it into the pool spec, if the pool has one'));
        })
    },
    {
        id: 'pool-identities',
        source: 'github.com/hashicorp/terraform-provider-azurerm/issues/30206',
        check: ofPool((wish, { observed: { pool } }) => {
            const { identity } = wish.spec.pool;
            const surplus = pool === undefined || identity === undefined ? [] : surplusIdentities({ identity }, pool);
            if (surplus.length === 0)
                return undefined;
            return warning(`${named(wish)} keeps ${surplus.join(', ')}: Batch adds the identities of a change to those that a pool has, and takes none away`, 'to be rid of it, give the pool spec another name, so that a new pool is made; or write it into the spec');
        })
    },
    {
        id: 'pool-change-unmade',
        source: 'the pool’s metadata',
        check: ofPool((wish, { observed: { pool } }) => {
            const paths = pool === undefined ? [] : unmadeDifferences(wish, pool).map(({ path }) => path);
            if (paths.length === 0)
                return undefined;
            return error(`${named(wish)}: an earlier run asked for ${paths.join(', ')}, and Batch answered well and left it as it was`, 'take it out of the pool spec, or give the spec another name, so that a new pool is made with it; to have it tried ' +
                `again, delete "${pool_metadata/* UNMADE_ITEM */.Pc}" from the pool’s metadata`);
        })
    }
];
const topOf = (path) => path.split(/[.[]/)[0] ?? path;

;// CONCATENATED MODULE: ./build/plan/checks/core-quota.js



function quotaVerdicts(wish, situation) {
    const { account, otherPools, vmSizes } = situation.observed;
    const size = vmSizeOf(wish, situation);
    if (account === undefined || wish.scale.kind !== 'fixed' || size?.vCpus === undefined)
        return [];
    if (account.poolAllocationMode === 'UserSubscription')
        return [];
    const { pool } = situation.observed;
    const { dedicated, lowPriority } = wish.scale.goal;
    const others = otherPools.filter(pool => !(0,arm_id/* sameId */.s)(pool.poolId, wish.poolId));
    const coresOf = (pool) => vmSizes.find(({ name }) => name.toLowerCase() === pool.vmSize?.toLowerCase())?.vCpus ?? 0;
    const familyOf = (pool) => vmSizes.find(({ name }) => name.toLowerCase() === pool.vmSize?.toLowerCase())?.familyName;
    const used = (pools, nodes) => pools.reduce((sum, pool) => sum + nodes(pool) * coresOf(pool), 0);
    const family = familyQuota(account, size);
    return [
        quotaVerdict(size, {
            ...{ kind: 'dedicated', cores: 'dedicated cores', nodes: dedicated, quota: account.dedicatedCoreQuota },
            has: pool?.currentDedicatedNodes ?? 0,
            used: used(others, pool => pool.currentDedicatedNodes)
        }),
        quotaVerdict(size, {
            ...{ kind: 'low-priority', cores: 'low-priority cores', nodes: lowPriority, quota: account.lowPriorityCoreQuota },
            has: pool?.currentLowPriorityNodes ?? 0,
            used: used(others, pool => pool.currentLowPriorityNodes)
        }),
        quotaVerdict(size, {
            ...{
                kind: 'dedicated',
                cores: `dedicated cores of ${size.familyName ?? 'its family'}`,
                nodes: dedicated,
                quota: family
            },
            has: pool?.currentDedicatedNodes ?? 0,
            used: used(others.filter(pool => familyOf(pool) === size.familyName), pool => pool.currentDedicatedNodes)
        })
    ].flatMap(verdict => verdict ?? []);
}
function familyQuota(account, { familyName }) {
    if (!account.dedicatedCoreQuotaPerVMFamilyEnforced || familyName === undefined)
        return undefined;
    const plain = (text) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
    return account.dedicatedCoreQuotaPerVMFamily?.find(({ name }) => plain(name) === plain(familyName))?.coreQuota;
}
function quotaVerdict({ name, vCpus = 0 }, { kind, cores, nodes, has, quota, used }) {
    const needed = nodes * vCpus;
    if (quota === undefined || needed + used <= quota)
        return undefined;
    const about = `pool-spec: ${nodes} ${kind} nodes of ${name} need ${needed} ${cores}`;
    const wayOut = (left) => `ask for more quota of the Batch account, or for at most ${Math.max(0, Math.floor(left / vCpus))} ${kind} nodes`;
    if (needed > quota && has >= nodes) {
        return warning(`${about}, and the account’s quota is ${quota}; the pool has them, and may not get them back`, wayOut(quota));
    }
    return needed > quota
        ? error(`${about}, and the account’s quota is ${quota}`, wayOut(quota))
        : warning(`${about}; the account’s quota is ${quota}, of which its other pools have ${used}`, wayOut(quota - used));
}

;// CONCATENATED MODULE: ./build/plan/checks/pool-rules.js








const DAY_MS = 86_400_000;
const baseOf = ({ source }, { imageFrom = 'image-id' }) => source === undefined ? imageFrom : 'source-vm';
const POOL_RULES = [
    {
        id: 'account-exists',
        source: PAGE.galleryPools,
        check: ofPool(({ spec }, { observed }) => observed.account !== undefined
            ? undefined
            : error(`batch-account: "${spec.batchAccountId}" does not exist, or the caller may not see it`, 'correct the id, or give the caller the Azure Batch Data Contributor role on the account'))
    },
    {
        id: 'account-entra',
        source: PAGE.galleryPools,
        check: ({ observed }) => {
            const { account } = observed;
            return account === undefined || allowsEntra(account)
                ? undefined
                : error(`batch-account: allows ${account.allowedAuthenticationModes?.join(', ') || 'no'} authentication only, and custom images need Microsoft Entra ID`, 'allow AAD among the account’s authentication modes');
        }
    },
    {
        id: 'base-image-supported',
        source: PAGE.galleryPools,
        check: ofPool(({ nodeAgent, spec }, { observed }) => {
            const { baseImage, supported, from } = nodeAgent;
            if (supported !== undefined || observed.account === undefined)
                return undefined;
            if (observed.serviceRefused !== undefined)
                return undefined;
            if (from === 'nowhere') {
                const why = baseImage === undefined
                    ? 'the base image is not known'
                    : `Batch doesn’t list the base image "${(0,node_agent/* describeBaseImage */.w4)(baseImage)}"`;
                return error(`pool-spec: nodeAgentSkuId is left out, and ${why}`, 'build the VM from a marketplace image that Batch supports (az batch pool supported-images list), or name the nodeAgentSkuId that fits the guest');
            }
            return baseImage === undefined
                ? note(`pool-spec: the base image of pool "${spec.poolName}" is not known; nodeAgentSkuId "${nodeAgent.nodeAgentSkuId}" is taken from the ${from}`, 'make sure that it fits the guest')
                : warning(`${baseOf(observed, spec)}: Batch doesn’t list the base image "${(0,node_agent/* describeBaseImage */.w4)(baseImage)}"; nodes may be unusable`, 'build the VM from a marketplace image that Batch supports (az batch pool supported-images list)');
        })
    },
    {
        id: 'base-image-end-of-life',
        source: 'batchSupportEndOfLife in GET /supportedimages',
        check: ofPool(({ nodeAgent, spec }, { observed }) => {
            const { supported } = nodeAgent;
            if (supported?.batchSupportEndOfLife === undefined)
                return undefined;
            const days = Math.floor((Date.parse(supported.batchSupportEndOfLife) - observed.at) / DAY_MS);
            const day = supported.batchSupportEndOfLife.slice(0, 10);
            const about = `Batch’s support of "${(0,node_agent/* describeBaseImage */.w4)(supported)}" (${supported.nodeAgentSkuId})`;
            if (days < 0) {
                const message = `${baseOf(observed, spec)}: ${about} ended on ${day}; it refuses new pools, and may scale pools in to zero`;
                const wayOut = 'build the VM from a newer base image';
                const isRefused = observed.pool === undefined && hasEnded(supported.nodeAgentSkuId, observed);
                return isRefused ? error(message, wayOut) : warning(message, wayOut);
            }
            return days <= 180
                ? warning(`${baseOf(observed, spec)}: ${about} ends on ${day}, in ${days} days`, 'plan to move to a newer base image')
                : undefined;
        })
    },
    {
        id: 'node-agent-matches',
        source: PAGE.galleryPools,
        check: ofPool(({ nodeAgent }) => {
            const { supported, nodeAgentSkuId, from } = nodeAgent;
            return from !== 'spec' || supported === undefined || supported.nodeAgentSkuId === nodeAgentSkuId
                ? undefined
                : warning(`pool-spec: nodeAgentSkuId "${nodeAgentSkuId}" does not fit the base image "${(0,node_agent/* describeBaseImage */.w4)(supported)}", for which Batch has "${supported.nodeAgentSkuId}"; nodes may not start`, 'leave nodeAgentSkuId out: it is inferred; or make sure that it fits a guest that was upgraded since');
        })
    },
    {
        id: 'node-agent-listed',
        source: 'GET /supportedimages; node agents that are no longer supported: github.com/Azure/Batch/issues/180',
        check: ofPool(({ nodeAgent }, { observed }) => {
            const { nodeAgentSkuId = '', from } = nodeAgent;
            const present = (0,node_agent/* virtualMachineConfigurationOf */.wh)(observed.pool?.body.properties)?.nodeAgentSkuId;
            const known = [...observed.supportedImages.map(image => image.nodeAgentSkuId), String(present)];
            const isKnown = known.some(agent => agent.toLowerCase() === nodeAgentSkuId.toLowerCase());
            if (from !== 'spec' || observed.supportedImages.length === 0 || isKnown)
                return undefined;
            return warning(`pool-spec: Batch lists no image with nodeAgentSkuId "${nodeAgentSkuId}"; it refuses a node agent that it doesn’t have`, 'leave nodeAgentSkuId out: it is inferred; or name one that Batch lists (az batch pool supported-images list)');
        })
    },
    {
        id: 'vm-size',
        source: 'GET locations/{l}/virtualMachineSkus',
        check: ofPool((wish, situation) => {
            const { observed } = situation;
            const { vmSize } = wish.properties;
            if (vmSize === undefined && observed.pool === undefined) {
                return error('pool-spec: vmSize is missing, and a new pool needs one', 'name the size of the nodes');
            }
            if (observed.vmSizes.length === 0)
                return undefined;
            const size = vmSizeOf(wish, situation);
            return size === undefined ? notOffered(wish, observed) : fits(size, wish, situation);
        })
    },
    {
        id: 'core-quota',
        source: PAGE.batchQuota,
        check: ofPool((wish, situation) => quotaVerdicts(wish, situation))
    },
    {
        id: 'resize-timeout',
        source: PAGE.galleryPools,
        check: ofPool(({ spec, nodes }) => {
            const asked = resizeTimeoutMs(spec.resizeTimeoutMs, spec.pool.properties, nodes);
            const recommended = recommendedResizeTimeoutMs(nodes);
            return asked >= recommended || nodes <= 300
                ? undefined
                : warning(`resize-timeout: ${asked / 60_000} minutes for ${nodes} nodes from a custom image`, `at least ${recommended / 60_000}m is recommended; the resize is asked for again in any case`);
        })
    },
    {
        id: 'drain-deadline',
        source: 'drain-timeout and deadline',
        check: ofPool((wish, { spec, observed }) => {
            const { drainTimeoutMs, imageChange } = wish.spec;
            if (imageChange !== 'in-place' || observed.pool === undefined || drainTimeoutMs < spec.deadlineMs)
                return undefined;
            return warning(`drain-timeout: ${drainTimeoutMs / 60_000} minutes don’t fit in a deadline of ${spec.deadlineMs / 60_000} minutes; the drain ends 10 minutes before the deadline`, 'give a longer deadline, or a shorter drain-timeout');
        })
    },
    {
        id: 'pool-leased',
        source: 'the pool’s metadata',
        check: ofPool((wish, { spec, observed, context }) => {
            const lease = (0,plan_lease/* leaseOf */.m8)(observed.pool?.metadata ?? []);
            const now = observed.account?.readAt ?? observed.at;
            if (lease === undefined || (0,plan_lease/* leaseState */.oi)(lease, context, now) !== 'held')
                return undefined;
            const { message, wayOut } = (0,plan_lease/* heldMessage */.BA)(lease);
            const text = `pool "${wish.spec.poolName}": ${message}`;
            return spec.dryRun ? note(text, wayOut) : error(text, wayOut);
        })
    },
    {
        id: 'no-nodes',
        source: PAGE.batchContract,
        check: ofPool(({ scale, spec }) => scale.kind === 'none'
            ? warning(`pool-spec: has no scaleSettings, so pool "${spec.poolName}" is made without nodes and the image is not proved`, 'add scaleSettings.fixedScale or autoScale')
            : undefined)
    }
];
function notOffered({ properties: { vmSize } }, { pool, account }) {
    const present = pool?.vmSize?.toLowerCase();
    const name = String(vmSize ?? present);
    const message = `pool-spec: Batch doesn’t offer vmSize "${name}" in "${account?.location}"`;
    const wayOut = 'choose one that it lists (az batch location list-skus)';
    return name.toLowerCase() === present
        ? warning(`${message} any more; nodes may not be made`, wayOut)
        : error(message, wayOut);
}
function hasEnded(nodeAgentSkuId, { supportedImages, at }) {
    return supportedImages
        .filter(image => image.nodeAgentSkuId === nodeAgentSkuId)
        .every(({ batchSupportEndOfLife: end }) => end !== undefined && Date.parse(end) < at);
}
function fits(size, wish, situation) {
    const { image, isProved } = fitOf(wish, situation);
    const { hyperVGeneration, architecture } = image;
    if (isProved)
        return undefined;
    if (hyperVGeneration !== undefined && size.hyperVGenerations?.includes(hyperVGeneration) === false) {
        return error(`pool-spec: vmSize "${size.name}" boots images of generation ${size.hyperVGenerations.join(', ')} only, and this one is ${hyperVGeneration}`, 'choose a size of the image’s generation');
    }
    const known = size.architecture !== undefined && architecture !== undefined;
    return known && size.architecture?.toLowerCase() !== architecture.toLowerCase()
        ? error(`pool-spec: vmSize "${size.name}" is ${size.architecture}, and the image is ${architecture}`, 'choose a size of the image’s architecture')
        : undefined;
}

;// CONCATENATED MODULE: ./build/plan/checks/place-rules.js





const PLACE_RULES = [
    {
        id: 'regions-offered',
        source: 'GET /subscriptions/{id}/locations',
        check: ({ spec, observed: { regions } }) => {
            const target = spec.image?.publishTo;
            if (target?.kind !== 'gallery' || regions === undefined)
                return undefined;
            const { galleryImageId, targetRegions } = target;
            return ofLooked('target-regions', regions, (offered = []) => targetRegions
                .filter(({ region }) => offered.length > 0 && !offered.some(other => (0,model_region/* sameRegion */.Z)(other, region)))
                .map(({ region }) => error(`target-regions: subscription "${(0,arm_id/* subscriptionOf */.XD)(galleryImageId)}" offers no region "${region}"${(0,shared_text/* didYouMean */.au)(region, offered)}`, 'name regions as Azure lists them (az account list-locations --query "[].name")')));
        }
    },
    {
        id: 'groups-exist',
        source: 'Resource Manager: 404 ResourceGroupNotFound (recorded)',
        check: ({ whole, observed: { groups = [] } }) => whole
            ? undefined
            : groups.flatMap(({ input, name, looked }) => ofLooked(`${input}: resource group "${name}"`, looked, found => found !== undefined
                ? []
                : [
                    error(`${input}: resource group "${name}" does not exist`, `correct it, or create the group (az group create --name ${name})`)
                ]))
    }
];

;// CONCATENATED MODULE: ./build/plan/checks/of-source.js
function of_source_ofSource(check) {
    return situation => {
        const { source } = situation.observed;
        return source === undefined || situation.whole ? undefined : check(source, situation);
    };
}
const of_source_named = (disks) => disks.map(({ name }) => `"${name}"`).join(', ');
const disksAre = (disks) => disks.length === 1 ? `disk ${of_source_named(disks)} is` : `disks ${of_source_named(disks)} are`;

;// CONCATENATED MODULE: ./build/plan/checks/source-disk-rules.js





const SOURCE_DISK_RULES = [
    {
        id: 'ephemeral-os-disk',
        source: 'learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks (2026-09)',
        check: of_source_ofSource(({ osDisk, vmId }) => osDisk.ephemeral === true
            ? error(`source-vm: the OS disk of "${(0,arm_id/* nameOf */.Vb)(vmId)}" is ephemeral: it is on the VM’s host alone, and no snapshot can be taken of it`, 'build the VM with an OS disk that is a managed disk (az vm create without --ephemeral-os-disk); nodes may have ephemeral ones all the same')
            : undefined)
    },
    {
        id: 'managed-disks',
        source: PAGE.galleryPools,
        check: of_source_ofSource((source, situation) => {
            const disks = chosenDisks(source, situation).filter(({ diskId }) => diskId === undefined);
            return disks.length === 0
                ? undefined
                : error(`source-vm: ${disksAre(disks)} not managed by Azure, and snapshots are made of managed disks`, `convert the VM to managed disks (az vm convert), or leave data disks out with data-disks`);
        })
    },
    {
        id: 'azure-disk-encryption',
        source: PAGE.diskEncryption,
        check: of_source_ofSource((source, situation) => {
            const disks = chosenDisks(source, situation).filter(({ disk }) => disk?.azureDiskEncryption === true);
            return disks.length === 0
                ? undefined
                : error(`source-vm: ${disksAre(disks)} encrypted by Azure Disk Encryption; no VM starts from an image with such a disk`, 'turn Azure Disk Encryption off on the VM; encryption at rest and at host are no obstacle');
        })
    },
    {
        id: 'disk-type',
        source: 'learn.microsoft.com/azure/virtual-machines/disks-deploy-premium-v2, disks-enable-ultra-ssd (2025-06); Azure/azure-cli#29091',
        check: of_source_ofSource((source, situation) => {
            const disks = chosenDisks(source, situation).filter(({ disk }) => NO_IMAGE.test(disk?.sku ?? ''));
            if (disks.length === 0)
                return undefined;
            const named = disks.map(({ name, disk }) => `"${name}" (${disk?.sku})`).join(', ');
            const wayOut = 'leave it out with data-disks; or copy it to a Premium_LRS disk, which takes its place on the VM';
            return situation.spec.image?.publishTo.kind === 'gallery'
                ? error(`source-vm: ${named}: a gallery takes no Ultra and no Premium SSD v2 disks`, wayOut)
                : warning(`source-vm: ${named}: images of Ultra and Premium SSD v2 disks are not documented as possible`, wayOut);
        })
    },
    {
        id: 'disk-size',
        source: `${PAGE.imageVersion}: a data disk has 1 TB at most; ${PAGE.gallery}: an image below 2 TB, or Shallow; the service’s own message names 2,048 (MicrosoftDocs/azure-docs#113012)`,
        check: of_source_ofSource((source, situation) => {
            const target = situation.spec.image?.publishTo;
            if (target?.kind !== 'gallery')
                return undefined;
            return chosenDisks(source, situation).flatMap(disk => sizeVerdict(disk, target.replicationMode));
        })
    },
    {
        id: 'data-disk-luns',
        source: 'storageProfile.dataDisks in GET virtualMachines/{vm}',
        check: of_source_ofSource((source, { spec }) => {
            const wanted = spec.image?.dataDisks;
            const missing = Array.isArray(wanted)
                ? wanted.filter(lun => source.dataDisks.every(disk => disk.lun !== lun))
                : [];
            const has = source.dataDisks.map(({ lun }) => lun).join(', ') || 'none';
            return missing.length === 0
                ? undefined
                : error(`data-disks: LUN ${missing.join(', ')} is not attached to "${(0,arm_id/* nameOf */.Vb)(source.vmId)}"; it has ${has}`, 'name LUNs that are there');
        })
    },
    {
        id: 'data-disks-mounted',
        source: PAGE.galleryPools,
        check: of_source_ofSource((source, situation) => {
            const data = chosenDisks(source, situation).slice(1);
            if (data.length === 0)
                return undefined;
            const startTask = situation.pool?.properties.startTask;
            const wayOut = 'mount them in the pool spec’s startTask, by label or UUID; or leave them out with data-disks: none';
            return situation.pool !== undefined && !(0,model_json/* isJsonObject */.OW)(startTask)
                ? warning(`pool-spec: the image has data disks (${of_source_named(data)}) and the pool has no startTask; nodes don’t mount them`, wayOut)
                : note(`source-vm: the image has data disks (${of_source_named(data)}), which nodes don’t mount by themselves`, wayOut);
        })
    },
    {
        id: 'temporary-drive',
        source: PAGE.galleryPools,
        check: of_source_ofSource(source => note(`source-vm: Batch’s node agent needs the default temporary drive (${source.osType === 'Windows' ? 'D:' : '/mnt, or /mnt/resource'}), and Azure doesn’t say whether the image keeps it`, 'leave the temporary drive where the base image has it'))
    },
    {
        id: 'os-disk-caching',
        source: PAGE.galleryPools,
        check: of_source_ofSource(({ osDisk }) => osDisk.caching === 'ReadWrite'
            ? undefined
            : note(`source-vm: the OS disk’s caching is "${osDisk.caching}", with which nodes start more slowly`, 'set it to ReadWrite on the VM before the next image'))
    }
];
const NO_IMAGE = /^(PremiumV2|UltraSSD)_LRS$/i;
function sizeVerdict({ name, lun, disk }, mode) {
    const size = disk?.sizeGB ?? 0;
    const what = `source-vm: ${lun === undefined ? 'OS' : 'data'} disk "${name}" has ${size} GiB`;
    const wayOut = `${lun === undefined ? '' : 'leave it out with data-disks, '}shrink it, or publish with replication-mode: Shallow`;
    if (mode === 'Full' && size > 2_048)
        return [error(`${what}, and a disk of a gallery image has 2048 GiB at most`, wayOut)];
    return lun !== undefined && size > 1_024
        ? [
            warning(`${what}; Microsoft’s page says 1 TB at most for a data disk of a gallery image, the service itself 2048 GiB`, 'if Azure refuses the version, leave the disk out with data-disks, or shrink it')
        ]
        : [];
}

;// CONCATENATED MODULE: ./build/plan/checks/source-rules.js






const SOURCE_RULES = [
    {
        id: 'source-exists',
        source: PAGE.galleryPools,
        check: situation => {
            const { spec, observed, whole } = situation;
            if (spec.image === undefined || whole)
                return undefined;
            const wayOut = 'correct the id, or give the caller the Reader role on the VM and its disks';
            if (observed.source === undefined) {
                return error(`source-vm: "${spec.image.sourceVmId}" does not exist, or the caller may not see it`, wayOut);
            }
            const unseen = chosenDisks(observed.source, situation).filter(({ diskId, disk, ephemeral }) => diskId !== undefined && disk === undefined && ephemeral !== true);
            return unseen.length === 0
                ? undefined
                : error(`source-vm: ${disksAre(unseen)} not there, or the caller may not see it`, wayOut);
        }
    },
    {
        id: 'generalized',
        source: PAGE.galleryPools,
        check: of_source_ofSource((source, { spec }) => source.generalized || spec.image?.generalized === true
            ? undefined
            : error(`source-vm: "${(0,arm_id/* nameOf */.Vb)(source.vmId)}" is not known to Azure as generalized, and Batch takes generalized images only`, 'generalize the guest (waagent -deprovision+user, or sysprep /generalize), then say generalize: done'))
    },
    {
        id: 'vm-extensions',
        source: PAGE.galleryPools,
        check: of_source_ofSource(({ extensions, vmId }) => extensions.length === 0
            ? undefined
            : warning(`source-vm: "${(0,arm_id/* nameOf */.Vb)(vmId)}" has extensions: ${extensions.map(({ publisher, type }) => `${publisher}.${type}`).join(', ')}; nodes of a pool may fail to start from such an image`, 'remove the extensions from the VM; give nodes theirs by the pool spec’s virtualMachineConfiguration.extensions'))
    },
    {
        id: 'vm-running',
        source: PAGE.imageVersion,
        check: of_source_ofSource(({ powerState, vmId, dataDisks }, { spec }) => powerState === undefined || /deallocated|stopped/.test(powerState) || spec.image?.stopVm !== false
            ? undefined
            : warning(`source-vm: "${(0,arm_id/* nameOf */.Vb)(vmId)}" is ${powerState}; each snapshot is what its disk held at that instant${dataDisks.length > 0 ? ', and not the same instant for all disks' : ''}`, 'say stop-vm: true, or deallocate the VM before the run'))
    },
    {
        id: 'trusted-launch-managed-image',
        source: `${PAGE.trustedLaunch}; ${CONFIDENTIAL}`,
        check: of_source_ofSource((source, { spec }) => {
            const type = (0,security/* securityTypeOf */.cq)(source);
            return type === 'Standard' || spec.image?.publishTo.kind !== 'managed'
                ? undefined
                : error(`publish-to: "${(0,arm_id/* nameOf */.Vb)(source.vmId)}" is a ${type === 'TrustedLaunch' ? 'Trusted Launch' : 'confidential'} VM, of which no managed image can be made`, 'publish to a gallery image definition');
        })
    },
    {
        id: 'confidential-source',
        source: CONFIDENTIAL,
        check: of_source_ofSource((source, situation) => {
            const target = situation.spec.image?.publishTo;
            return (0,security/* securityTypeOf */.cq)(source) === 'ConfidentialVM' && target?.kind === 'gallery'
                ? confidentialVerdicts(source, situation, target.targetRegions)
                : undefined;
        })
    }
];
function confidentialVerdicts(source, { observed: { account } }, asked) {
    const is = `source-vm: "${(0,arm_id/* nameOf */.Vb)(source.vmId)}" is a confidential VM`;
    const verdicts = [];
    if ((0,security/* hasCustomersKey */.Rr)(source)) {
        verdicts.push(error(`${is} whose OS disk is encrypted with a customer’s key; its image needs a disk encryption set, which this action can’t name`, 'build the VM with a platform-managed key'));
    }
    const regions = [...asked.map(({ region }) => region), ...(account === undefined ? [] : [account.location])];
    const far = [...new Set(regions.filter(region => !(0,model_region/* sameRegion */.Z)(region, source.location)))];
    if (far.length > 0) {
        verdicts.push(error(`${is} in "${source.location}", and its image can’t be replicated to another region: ${far.join(', ')}`, 'build the VM in the Batch account’s region, and leave target-regions out'));
    }
    if (source.osType === 'Windows' && /DiskEncrypted/i.test(source.osDisk.disk?.securityType ?? '')) {
        verdicts.push(warning(`${is} with an encrypted OS disk; Microsoft’s page says that sysprep may not be able to generalize it, a later report that it is`, 'if nodes don’t start, build the VM without encryption of its OS disk'));
    }
    return verdicts;
}

;// CONCATENATED MODULE: ./build/plan/region-changes.js

const NO_REGION_CHANGE = { takeOff: [], regions: [], raised: [] };
function regionChange(there, wanted) {
    if (there.replicationMode === 'Shallow')
        return NO_REGION_CHANGE;
    const present = (region) => there.targetRegions.find(one => (0,model_region/* sameRegion */.Z)(one.region, region));
    const takeOff = wanted
        .map(({ region }) => region)
        .filter(region => failureIn(there, region) && !isHome(there, region));
    const raised = wanted
        .filter(({ region, replicas }) => replicas > (present(region)?.replicas ?? Infinity))
        .map(({ region }) => region);
    const regions = wanted
        .filter(({ region }) => present(region) === undefined || takeOff.includes(region) || raised.includes(region))
        .map(({ region, replicas }) => ({ region, replicas: Math.max(replicas, present(region)?.replicas ?? 0) }));
    return { takeOff, regions, raised };
}
function failureIn({ targetRegions, replication }, region) {
    const isMeant = targetRegions.some(one => (0,model_region/* sameRegion */.Z)(one.region, region));
    return isMeant
        ? replication?.regions.find(row => row.state === 'Failed' && (0,model_region/* sameRegion */.Z)(row.region, region))
        : undefined;
}
function isHome({ location }, region) {
    return (0,model_region/* sameRegion */.Z)(location, region);
}
function describeChange({ takeOff, regions, raised }) {
    const names = (rows) => rows.map(({ region }) => region).join(', ');
    const added = regions.filter(({ region }) => !takeOff.includes(region) && !raised.includes(region));
    const more = regions.filter(({ region }) => !takeOff.includes(region) && raised.includes(region));
    return [
        ...(takeOff.length === 0
            ? []
            : [`take ${takeOff.join(', ')} off and add ${takeOff.length === 1 ? 'it' : 'them'} again`]),
        ...(added.length === 0 ? [] : [`add ${names(added)}`]),
        ...more.map(({ region, replicas }) => `raise ${region} to ${replicas} replicas`)
    ].join(', ');
}

;// CONCATENATED MODULE: ./build/plan/checks/version-rules.js






const FAILED_REGIONS = 'github.com/Azure/azure-cli/issues/15539';
function versionThere({ observed, version, whole }) {
    return whole ? observed.versions.find(({ versionId }) => (0,arm_id/* nameOf */.Vb)(versionId) === version?.version) : undefined;
}
const VERSION_RULES = [
    {
        id: 'promotion-without-effect',
        source: PAGE.imageVersion,
        check: ({ spec, observed, version }) => {
            const target = spec.image?.publishTo;
            if (target?.kind !== 'gallery' || version === undefined)
                return undefined;
            const becomesShown = target.promote === 'now' || (target.promote === 'when-proved' && spec.rollout !== undefined);
            const greater = observed.versions
                .filter(({ excludeFromLatest }) => !excludeFromLatest)
                .map(({ versionId }) => (0,arm_id/* nameOf */.Vb)(versionId))
                .filter(name => compareVersions(name, version.version) > 0)
                .toSorted((a, b) => compareVersions(b, a))[0];
            return becomesShown && greater !== undefined
                ? warning(`image-version: "${version.version}" will be promoted, and "latest" stays "${greater}": Azure takes the greatest number that isn’t hidden`, `name a version above "${greater}"; or hide that one (excludeFromLatest), or delete it, if it shouldn’t be the latest`)
                : undefined;
        }
    },
    {
        id: 'region-failed',
        source: FAILED_REGIONS,
        check: situation => {
            const there = versionThere(situation);
            return there?.targetRegions.flatMap(({ region }) => ofFailed(situation, there, region));
        }
    },
    {
        id: 'replicas-kept',
        source: PAGE.gallery,
        check: situation => {
            const there = versionThere(situation);
            const target = situation.spec.image?.publishTo;
            if (there === undefined || target?.kind !== 'gallery')
                return undefined;
            return target.targetRegions.flatMap(({ region, replicas }) => ofReplicas(there, region, replicas));
        }
    },
    {
        id: 'rollout-replicas',
        source: PAGE.galleryPools,
        check: ({ observed: { rolloutVersion: version, account }, pool }) => {
            const replicas = version?.targetRegions.find(({ region }) => (0,model_region/* sameRegion */.Z)(region, account?.location ?? ''))?.replicas;
            if (version === undefined || account === undefined || replicas === undefined || pool === undefined)
                return undefined;
            return (0,arm_id/* sameId */.s)(version.versionId, pool.imageId) && replicas < replicasFor(pool.nodes)
                ? warning(`image-id: "${(0,arm_id/* nameOf */.Vb)(version.versionId)}" has ${counted(replicas)} in "${account.location}" for ${pool.nodes} nodes; Batch’s rule is one for each 300`, `let the run that makes it ask for more (target-regions: ${account.location}=${replicasFor(pool.nodes)}), or raise them yourself (az sig image-version update)`)
                : undefined;
        }
    }
];
function ofFailed(situation, there, region) {
    const failed = failureIn(there, region);
    if (failed === undefined)
        return [];
    const name = (0,arm_id/* nameOf */.Vb)(there.versionId);
    const why = failed.details === undefined ? '' : `: ${failed.details}`;
    const message = `image-version: the replication of "${name}" to "${region}" has failed${why}`;
    const isNeeded = situation.pool !== undefined && (0,model_region/* sameRegion */.Z)(region, situation.observed.account?.location ?? '');
    if (there.replicationMode === 'Shallow' || isHome(there, region)) {
        const because = there.replicationMode === 'Shallow' ? 'a shallow version gains no region' : 'a version keeps its own region';
        const says = isNeeded ? error : warning;
        return [
            says(`${message}; it can’t be taken off and added again: ${because}`, 'publish another version (image-version)')
        ];
    }
    const isAsked = asksFor(situation, region);
    return [
        isAsked
            ? note(`${message}; it is taken off and added again`, 'nothing: Azure advises this')
            : warning(`${message}, and target-regions doesn’t ask for it`, 'take it off the version, or ask for it: then it is mended')
    ];
}
function asksFor({ spec, observed: { source, account } }, region) {
    const asked = spec.image?.publishTo.kind === 'gallery' ? spec.image.publishTo.targetRegions : [];
    return [...asked.map(one => one.region), source?.location ?? '', account?.location ?? ''].some(one => (0,model_region/* sameRegion */.Z)(one, region));
}
const counted = (replicas) => `${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`;
function ofReplicas(there, region, asked) {
    const present = there.targetRegions.find(one => (0,model_region/* sameRegion */.Z)(one.region, region));
    const name = (0,arm_id/* nameOf */.Vb)(there.versionId);
    const isShallow = there.replicationMode === 'Shallow';
    if (present === undefined) {
        return isShallow
            ? [
                warning(`target-regions: "${name}" is Shallow and not in "${region}"; a shallow version gains no region later`, 'publish another version (image-version): it gets all its regions from the start')
            ]
            : [];
    }
    if (asked === undefined || asked === present.replicas)
        return [];
    if (asked < present.replicas) {
        return [
            note(`target-regions: "${name}" has ${counted(present.replicas)} in "${region}", more than the ${asked} asked for; they stay`, 'make them fewer yourself (az sig image-version update) when no pool counts on them')
        ];
    }
    return isShallow
        ? [
            warning(`target-regions: "${name}" is Shallow and has ${counted(present.replicas)} in "${region}"; it gains none later`, `publish another version (image-version): it gets ${asked} from the start`)
        ]
        : [];
}

;// CONCATENATED MODULE: ./build/plan/checks/vm-lease-rules.js




const vm_lease_rules_SOURCE = 'this action: a VM that is stopped for its snapshots carries the lease of its run in its tags';
const VM_LEASE_RULES = [
    {
        id: 'vm-held',
        source: vm_lease_rules_SOURCE,
        check: ({ spec, whole, context, observed: { source, at } }) => {
            const lease = source && (0,plan_lease/* leaseOfTags */.n7)(source.tags);
            if (source === undefined || lease === undefined || spec.image?.stopVm !== true || whole)
                return;
            if ((0,vm_stop/* stateOf */.L4)(source, context, at) !== 'held')
                return;
            const { message, wayOut } = (0,plan_lease/* heldMessage */.BA)(lease, 'VM');
            return error(`source-vm: "${(0,arm_id/* nameOf */.Vb)(source.vmId)}": ${message}`, wayOut);
        }
    },
    {
        id: 'vm-left-stopped',
        source: vm_lease_rules_SOURCE,
        check: ({ spec, whole, context, observed: { source, at } }) => {
            const lease = source && (0,plan_lease/* leaseOfTags */.n7)(source.tags);
            if (source === undefined || lease === undefined || /^(running|starting)$/.test(source.powerState ?? ''))
                return;
            const isHeld = (0,vm_stop/* stateOf */.L4)(source, context, at) === 'held';
            if (spec.image === undefined || (spec.image.stopVm && !(whole && isHeld)))
                return;
            const is = `source-vm: "${(0,arm_id/* nameOf */.Vb)(source.vmId)}" is ${source.powerState ?? 'in an unknown state'}: ${(0,plan_lease/* describeHolder */.sG)(lease)}`;
            return isHeld
                ? note(`${is} has stopped it for its snapshots, and holds it until ${lease.until}`, 'let that run end; if it is dead, start the VM')
                : warning(`${is} stopped it, and has not started it again`, 'run once with stop-vm: true, which starts it again; or start it, and delete the lease from its tags');
        }
    }
];

;// CONCATENATED MODULE: ./build/plan/checks/index.js

















const RULES = [
    ...SOURCE_RULES,
    ...SOURCE_DISK_RULES,
    ...VM_LEASE_RULES,
    ...IMAGE_RULES,
    ...VERSION_RULES,
    ...PLACE_RULES,
    ...ACCESS_RULES,
    ...POOL_RULES,
    ...POOL_BODY_RULES,
    ...FORMULA_RULES,
    ...COMPATIBILITY_RULES,
    ...NETWORK_RULES,
    ...NAMED_RULES,
    ...LIMIT_RULES,
    ...MANAGED_IMAGE_RULES,
    ...GOING_AWAY_RULES
];
function checkAll(situation) {
    return runRules(RULES, situation);
}

;// CONCATENATED MODULE: ./build/plan/facts.js






function factsOf(situation) {
    return [...sourceFacts(situation), ...imageFacts(situation), ...poolFacts(situation)];
}
function sourceFacts({ observed: { source } }) {
    if (source === undefined)
        return [];
    const { hyperVGeneration, architecture } = (0,image_body/* shapeOf */.F5)(source);
    const state = [source.powerState, source.generalized ? 'generalized' : ''].filter(Boolean).join(', ');
    const disks = [source.osDisk, ...source.dataDisks];
    const size = disks.reduce((sum, { disk }) => sum + (disk?.sizeGB ?? 0), 0);
    const reference = source.imageReference;
    const base = reference?.publisher === undefined ? reference?.id : [reference.publisher, reference.offer, reference.sku].join(':');
    return [
        { label: 'source', value: `VM ${(0,arm_id/* nameOf */.Vb)(source.vmId)} in ${source.location} (${state || 'state unknown'})` },
        { label: 'guest', value: `${source.osType}, generation ${hyperVGeneration}, ${architecture}` },
        { label: 'base image', value: base ?? 'not known' },
        {
            label: 'disks',
            value: `${disks.length} (${['OS', ...source.dataDisks.map(({ lun }) => `LUN ${lun}`)].join(', ')}), ${size} GiB`
        }
    ];
}
function imageFacts({ spec, observed, version }) {
    if (spec.image === undefined)
        return [];
    if (spec.image.publishTo.kind === 'managed')
        return [{ label: 'image', value: `managed image ${(0,arm_id/* nameOf */.Vb)(spec.image.publishTo.imageId)}` }];
    const definition = (0,arm_id/* nameOf */.Vb)(spec.image.publishTo.galleryImageId);
    const there = observed.galleryImage === undefined
        ? 'to be made'
        : `${observed.versions.length} ${observed.versions.length === 1 ? 'version' : 'versions'}`;
    return [
        { label: 'definition', value: `${definition} (${there})` },
        { label: 'version', value: `${version?.version} (${version?.reason})` }
    ];
}
function poolFacts({ observed: { account, pool, nodes }, pool: wish }) {
    if (wish === undefined)
        return [];
    const { nodeAgent, spec } = wish;
    const base = nodeAgent.baseImage === undefined ? '' : ` for ${(0,node_agent/* describeBaseImage */.w4)(nodeAgent.baseImage)}`;
    const healthy = nodes.filter(node => (0,node_state/* bearingOf */.Y)(node) === 'healthy').length;
    return [
        {
            label: 'account',
            value: account === undefined
                ? 'missing'
                : `${(0,arm_id/* nameOf */.Vb)(account.accountId)} in ${account.location}, ${account.poolAllocationMode}`
        },
        {
            label: 'pool',
            value: pool === undefined
                ? `${spec.poolName} (to be made)`
                : `${spec.poolName}: ${pool.allocationState}, ${(0,wave_targets/* describeTargets */.Eg)((0,wave/* nodesOf */.Nh)(pool))}, ${healthy} healthy`
        },
        {
            label: 'node agent',
            value: nodeAgent.nodeAgentSkuId === undefined ? 'not known' : `${nodeAgent.nodeAgentSkuId} (${nodeAgent.from}${base})`
        }
    ];
}

// EXTERNAL MODULE: ./build/plan/snapshots.js
var snapshots = __webpack_require__(47675);
;// CONCATENATED MODULE: ./build/plan/finish-version.js





function finishingSteps(making, publishTo, finish) {
    const { proof, made, there } = finish;
    const change = furtherRegions(finish);
    const promotes = isToBePromoted(publishTo, finish);
    const completes = change.regions.length > 0 ? 'regions' : isFinished(finish) ? 'nothing' : 'tag';
    const begun = finish_version_idsOf(made.slice(-1));
    const settled = there?.provisioningState === 'Failed' ? begun : ['image-settled'];
    const drops = publishTo.keepSnapshots ? [] : (0,snapshots/* deleteSnapshots */.BB)(making, { after: settled, begun });
    const changes = promotes || completes !== 'nothing';
    const settles = there?.provisioningState !== 'Failed' && (changes || drops.some(({ after }) => after === settled));
    const after = [...new Set([...(settles ? settled : []), ...(proof?.after ?? (settles ? [] : begun))])];
    const promoting = promotes ? [promoteStep(finish, after)] : [];
    const next = promotes ? finish_version_idsOf(promoting) : after;
    const awaits = areAwaited(making, publishTo, { ...finish, change });
    const tags = awaits ? {} : COMPLETE;
    const changing = completes === 'regions' ? [regionsStep(finish, { change, after: next, tags })] : [];
    const changed = changing.length > 0 ? finish_version_idsOf(changing) : next;
    const awaiting = awaits ? [awaitStep(publishTo, finish, changed)] : [];
    const isMarkedLast = completes === 'tag' || (completes === 'regions' && awaits);
    const decides = [...promoting, ...changing, ...awaiting].length > 0;
    return [
        ...(settles ? [settleStep(finish.versionId, { after: begun, decides })] : []),
        ...drops,
        ...promoting,
        ...changing,
        ...awaiting,
        ...(isMarkedLast ? [markStep(finish, awaits ? finish_version_idsOf(awaiting) : next)] : [])
    ];
}
function settleStep(versionId, { after, decides }) {
    return {
        id: 'image-settled',
        kind: 'settle-image-version',
        after,
        title: `let image version ${(0,arm_id/* nameOf */.Vb)(versionId)} settle`,
        reason: 'Azure changes a version, and lets go of its snapshots, only when its operation has ended',
        ...(decides ? {} : { housekeeping: true }),
        versionId
    };
}
function promoteStep({ versionId, there }, after) {
    return {
        id: 'finish-image',
        kind: 'finish-image-version',
        after,
        title: `promote image version ${(0,arm_id/* nameOf */.Vb)(versionId)}`,
        reason: there?.provisioningState === 'Failed' ? 'its last change failed; sent again' : 'its nodes are healthy',
        versionId,
        excludeFromLatest: false,
        tags: {}
    };
}
function markStep({ versionId, there, proof }, after) {
    return {
        id: 'mark-image',
        kind: 'finish-image-version',
        after,
        title: `mark image version ${(0,arm_id/* nameOf */.Vb)(versionId)} as complete`,
        reason: there?.provisioningState === 'Failed' ? 'its last change failed; sent again' : reasonToMark(proof),
        housekeeping: true,
        versionId,
        tags: COMPLETE
    };
}
const COMPLETE = { [run_tags/* TAG */.Dk.state]: 'complete' };
function reasonToMark(proof) {
    if (proof === undefined)
        return 'the image is whole';
    return proof.proves ? 'nothing is left to do for it' : 'no node has proved it, so it stays hidden';
}
function regionsStep(finish, { change, after, tags }) {
    const isSentAgain = finish.there?.provisioningState === 'Failed';
    const asked = finish.proof === undefined ? 'target-regions asks for it' : 'the pool has it; these can follow';
    const reason = isSentAgain ? 'its last change failed; sent again' : asked;
    return changeRegionsStep('image-regions', finish, { change, after, reason, tags });
}
function changeRegionsStep(id, { versionId, there }, { change, after, reason, tags }) {
    const { takeOff, regions } = change;
    const why = takeOff.flatMap(region => {
        const details = there && failureIn(there, region)?.details;
        return details === undefined ? [] : [`${region}: ${details}`];
    });
    const mended = `its replication failed${why.length === 0 ? '' : ` (${why.join('; ')})`}, and Azure advises this`;
    return {
        id,
        kind: 'change-image-regions',
        after,
        title: `${describeChange(change)}: image version ${(0,arm_id/* nameOf */.Vb)(versionId)}`,
        reason: takeOff.length === 0 ? reason : mended,
        versionId,
        takeOff,
        regions,
        tags
    };
}
function furtherRegions({ regions, there, made }) {
    if (there === undefined)
        return { takeOff: [], regions: regions.later, raised: [] };
    const wanted = [...regions.first, ...regions.later];
    const seenTo = made.some(({ kind }) => kind === 'await-image-version') ? regions.awaited : [];
    return regionChange(there, wanted.filter(({ region }) => !seenTo.includes(region)));
}
function isToBePromoted({ promote }, { there, proof }) {
    const hidden = there?.excludeFromLatest ?? promote !== 'now';
    return promote === 'when-proved' && proof?.proves === true && hidden;
}
function isFinished({ there }) {
    return there?.tags[run_tags/* TAG */.Dk.state] === 'complete' && there.provisioningState !== 'Failed';
}
function areAwaited({ situation }, { waitForRegions }, { regions, there, change }) {
    if (waitForRegions === 'pool' && situation.pool !== undefined)
        return false;
    const isThere = (region) => there === undefined
        ? regions.awaited.includes(region)
        : there.replication === undefined || hasCompleted(there, region);
    return change.regions.length > 0 || !allOf(regions).every(isThere);
}
const allOf = ({ first, later }) => [...first, ...later].map(({ region }) => region);
function awaitStep({ waitForRegions }, { versionId, regions }, after) {
    const all = allOf(regions);
    return {
        id: 'image-replicated',
        kind: 'await-image-regions',
        after,
        title: `wait for image version ${(0,arm_id/* nameOf */.Vb)(versionId)} in ${all.join(', ')}`,
        reason: waitForRegions === 'all' ? 'wait-for-regions is "all"' : 'there is no pool that could do with less',
        versionId,
        regions: all
    };
}
function hasCompleted({ replication }, region) {
    return replication?.regions.some(row => row.state === 'Completed' && (0,model_region/* sameRegion */.Z)(row.region, region)) === true;
}
const finish_version_idsOf = (steps) => steps.map(({ id }) => id);

;// CONCATENATED MODULE: ./build/plan/image-version.js









function planImageVersion(making, publishTo) {
    const { situation } = making;
    const { observed, version, pool } = situation;
    const name = version?.version ?? publishTo.version;
    const versionId = (0,arm_id/* childId */._U)(publishTo.galleryImageId, 'versions', name);
    const found = observed.versions.find(one => (0,arm_id/* sameId */.s)(one.versionId, versionId));
    const regions = planRegions({
        asked: publishTo.targetRegions,
        source: observed.source?.location ?? found?.location ?? '',
        ...(observed.account === undefined ? {} : { account: observed.account.location }),
        nodes: pool?.nodes ?? 0,
        replicationMode: publishTo.replicationMode
    });
    const it = { versionId, regions, there: situation.whole ? found : undefined };
    const steps = it.there === undefined
        ? createSteps(making, publishTo, it)
        : [...(0,vm_stop/* leftStopped */.ps)(situation), ...existingSteps(making, it.there, it)];
    const [gallery = '', definition = ''] = (0,arm_id/* namesOf */.eZ)(publishTo.galleryImageId);
    return {
        image: {
            kind: 'gallery',
            imageId: versionId,
            imageName: `${gallery}/${definition}/${name}`,
            version: name,
            ...decisionOf(situation, found, version?.reason ?? ''),
            snapshotIds: (0,snapshots/* snapshotIdsOf */.Qt)(making)
        },
        making: steps,
        finishing: proof => finishingSteps(making, publishTo, { ...it, proof, made: steps }),
        facts: [{ label: 'regions', value: describeRegions(regions) }]
    };
}
function describeRegions({ first, later }) {
    const list = (rows) => rows.map(({ region, replicas }) => `${region}=${replicas}`).join(', ');
    return later.length === 0 ? list(first) : `${list(first)}; when proved: ${list(later)}`;
}
function decisionOf({ key = '', context, whole }, found, why) {
    if (found === undefined)
        return { decision: 'create', reason: why };
    const from = (0,run_tags/* originOf */.yv)(found.tags);
    if (!whole)
        return { decision: 'create', reason: `${from} failed to make it; made again` };
    const made = `${from} made it from the same inputs`;
    if (found.tags[run_tags/* TAG */.Dk.state] === 'complete')
        return { decision: 'keep', reason: `${made}, and finished` };
    return (0,run_tags/* mayTakeUp */.CY)(found.tags, key, context)
        ? { decision: 'take-up', reason: `${made}, and didn’t finish` }
        : { decision: 'keep', reason: made };
}
function createSteps(making, publishTo, { versionId, regions }) {
    const { situation } = making;
    const source = (0,plan_making/* sourceOf */.vz)(making);
    const definition = definitionSteps(making, publishTo);
    const { steps: fromSource, ready } = (0,vm_stop/* sourceSteps */.J9)(making, finish_version_idsOf(definition));
    const body = (0,image_body/* imageVersionBody */.o4)({
        source,
        disks: (0,plan_making/* imageDisks */.CW)(situation),
        regions: regions.first,
        replicationMode: publishTo.replicationMode,
        excludeFromLatest: publishTo.promote !== 'now',
        tags: (0,plan_making/* madeTags */.jx)(making, 'open')
    });
    return [
        ...definition,
        ...fromSource,
        {
            id: 'image-version',
            kind: 'create-image-version',
            after: [...ready, ...finish_version_idsOf(definition)],
            title: `publish image version ${(0,arm_id/* nameOf */.Vb)(versionId)}`,
            reason: publishTo.promote === 'now'
                ? 'from the snapshots, for all at once (promote: now)'
                : 'from the snapshots, hidden until it is proved',
            versionId,
            body,
            untilRegions: regions.awaited
        }
    ];
}
function definitionSteps(making, { galleryImageId }) {
    const { galleryImage, gallery } = making.situation.observed;
    if (galleryImage !== undefined && !isHalfMade(galleryImage))
        return [];
    const source = (0,plan_making/* sourceOf */.vz)(making);
    return [
        {
            id: 'image-definition',
            kind: 'create-gallery-image',
            after: [],
            title: `create image definition ${(0,arm_id/* nameOf */.Vb)(galleryImageId)}`,
            reason: galleryImage === undefined
                ? 'there is none yet; made with the source’s properties'
                : `an earlier run’s creation of it is ${galleryImage.provisioningState}; sent again`,
            galleryImageId,
            body: (0,image_body/* galleryImageBody */.at)(galleryImageId, source, {
                location: gallery?.location ?? source.location,
                tags: (0,plan_making/* madeTags */.jx)(making)
            })
        }
    ];
}
function isHalfMade({ provisioningState = '', tags = {} }) {
    return ['Failed', 'Canceled'].includes(provisioningState) && tags[run_tags/* TAG */.Dk.key] !== undefined;
}
function existingSteps(making, there, it) {
    const { versionId, regions } = it;
    const rollsOut = making.situation.pool !== undefined;
    const isComplete = there.tags[run_tags/* TAG */.Dk.state] === 'complete';
    if (!rollsOut && isComplete)
        return [];
    const needed = regions.first.filter(({ region }) => regions.awaited.includes(region));
    const change = regionChange(there, needed);
    const reason = change.raised.length > 0
        ? 'Batch’s rule is a replica for each 300 nodes'
        : rollsOut
            ? 'the pool is there, and the version isn’t'
            : 'target-regions asks for it';
    const changing = change.regions.length === 0 ? [] : [changeRegionsStep('image-region', it, { change, after: [], reason, tags: {} })];
    return [
        ...changing,
        {
            id: 'image-version',
            kind: 'await-image-version',
            after: finish_version_idsOf(changing),
            title: `${isComplete ? 'make sure of' : 'wait for'} image version ${(0,arm_id/* nameOf */.Vb)(versionId)}`,
            reason: isComplete
                ? `a pool can use it only where it is replicated`
                : `is ${there.provisioningState}; ${(0,run_tags/* originOf */.yv)(there.tags)} began it`,
            versionId,
            untilRegions: regions.awaited
        }
    ];
}

;// CONCATENATED MODULE: ./build/plan/managed-image.js





function planManagedImage(making, { imageId }) {
    const { situation } = making;
    const { managedImage } = situation.observed;
    const image = { kind: 'managed', imageId, imageName: (0,arm_id/* nameOf */.Vb)(imageId) };
    if (managedImage !== undefined && managedImage.provisioningState !== 'Failed') {
        const from = (0,run_tags/* originOf */.yv)(managedImage.tags);
        const ready = managedImage.provisioningState === 'Succeeded';
        const step = {
            id: 'managed-image',
            kind: 'await-managed-image',
            after: [],
            title: `wait for managed image ${(0,arm_id/* nameOf */.Vb)(imageId)}`,
            reason: `is ${managedImage.provisioningState}; ${from} began it`,
            imageId
        };
        const planned = {
            ...image,
            decision: 'keep',
            reason: `${from} made it from the same inputs`,
            snapshotIds: []
        };
        return {
            image: planned,
            making: [...(0,vm_stop/* leftStopped */.ps)(situation), ...(ready ? [] : [step])],
            finishing: () => [],
            facts: []
        };
    }
    const source = (0,plan_making/* sourceOf */.vz)(making);
    const straight = source.generalized && situation.spec.image?.dataDisks === 'all';
    const { steps, ready } = straight ? { steps: [], ready: [] } : (0,vm_stop/* sourceSteps */.J9)(making);
    const body = straight
        ? (0,image_body/* managedImageFromVmBody */.Ay)(source, (0,plan_making/* madeTags */.jx)(making, 'complete'))
        : (0,image_body/* managedImageBody */.P)(source, (0,plan_making/* imageDisks */.CW)(situation), (0,plan_making/* madeTags */.jx)(making, 'complete'));
    const create = {
        id: 'managed-image',
        kind: 'create-managed-image',
        after: ready,
        title: `create managed image ${(0,arm_id/* nameOf */.Vb)(imageId)}`,
        reason: straight
            ? 'straight from the VM, which Azure knows as generalized'
            : 'from the snapshots, which stay as long as it does',
        imageId,
        body
    };
    const snapshotIds = straight ? [] : (0,plan_making/* imageDisks */.CW)(situation).map(({ snapshotId }) => snapshotId);
    return {
        image: { ...image, decision: 'create', reason: 'there is none yet', snapshotIds },
        making: [...steps, create],
        finishing: () => [],
        facts: []
    };
}

;// CONCATENATED MODULE: ./build/plan/image.js


function planImage(situation) {
    const { spec, key } = situation;
    if (spec.image === undefined || key === undefined)
        throw new Error('internal error: planImage without an image');
    const making = { situation, image: spec.image, key };
    const { publishTo } = spec.image;
    return publishTo.kind === 'gallery' ? planImageVersion(making, publishTo) : planManagedImage(making, publishTo);
}

;// CONCATENATED MODULE: ./build/plan/image-change.js








const image_change_SOURCE = 'learn.microsoft.com/azure/batch/batch-pool-update-properties';
function refusal(situation, wish, { pool, differences }) {
    const paths = (needs) => changedThings(differences.filter(row => row.needs === needs));
    const another = paths('another-pool');
    if (another !== '') {
        return finding('another-pool', `pool "${wish.spec.poolName}": ${another} can’t change over api-version ${wish.apiVersion}, which pools from managed images need`, 'give the pool spec another name, so that a new pool is made, or publish to a gallery, whose images a pool can change');
    }
    const { imageChange } = wish.spec;
    const begun = (0,pool_metadata/* keptScale */.Tx)(pool) !== undefined;
    if (imageChange === 'in-place' || begun || differences.every(({ needs }) => needs === 'patch'))
        return undefined;
    const has = (0,wave/* nodesOf */.Nh)(pool);
    const work = situation.observed.activeWork;
    const idle = (0,wave_targets/* totalOf */.e6)(has) === 0 && pool.allocationState === 'Steady' && (work?.tasks ?? 0) === 0;
    if (imageChange === 'auto' && (idle || hasOnlyFailedNodes(situation, pool)))
        return undefined;
    const state = `it has ${(0,wave_targets/* describeTargets */.Eg)(has)}${work === undefined ? '' : ` and ${work.tasks === 0 ? 'no' : work.tasks} active or running ${work.tasks === 1 ? 'task' : 'tasks'}`}`;
    const why = imageChange === 'refuse' ? 'image-change is "refuse"' : state;
    return finding('image-change', `pool "${wish.spec.poolName}": ${paths('zero-nodes')} can only change at zero nodes, and ${why}${describeOther(differences)}`, `choose: image-change: in-place (the pool is drained by ${wish.spec.drain} for at most drain-timeout, is at zero nodes for ` +
        'some minutes, and comes back in waves); or another pool name (the new pool costs quota for both until you move your ' +
        'jobs and delete the old one); or leave it, and scale the pool to zero yourself before the next run');
}
function hasOnlyFailedNodes({ observed }, pool) {
    const image = observed.versions.find(({ versionId }) => pool.imageId !== undefined && (0,arm_id/* sameId */.s)(versionId, pool.imageId));
    const state = image?.tags[run_tags/* TAG */.Dk.state];
    const hasFailed = state === 'open' || state === 'failed' || (0,pool_metadata/* hasFailedNote */.Sl)(pool);
    if (!hasFailed || !(0,pool_metadata/* hasRunNote */.Qr)(pool.metadata))
        return false;
    if (pool.scale.kind !== 'fixed' || pool.allocationState !== 'Steady' || observed.activeWork?.tasks !== 0)
        return false;
    const isListed = observed.nodes.length === (0,wave_targets/* totalOf */.e6)((0,wave/* nodesOf */.Nh)(pool));
    return isListed && (state === 'failed' || observed.nodes.every(node => (0,node_state/* bearingOf */.Y)(node) === 'unhealthy'));
}
function finding(rule, message, wayOut) {
    return { rule, severity: 'error', message, wayOut, source: image_change_SOURCE };
}

;// CONCATENATED MODULE: ./build/plan/pool-change-steps.js





function patchStep(situation, wish, change) {
    const { pool, differences } = change;
    const own = changeOf(wish, change);
    const { context } = situation;
    const isBack = (0,pool_metadata/* keptScale */.Tx)(pool) === undefined;
    const metadata = isBack ? (0,pool_metadata/* withRun */.Yq)(own.metadata, context) : (0,pool_metadata/* withFormer */.Mh)(own.metadata, formerOf(pool), context);
    return {
        id: 'patch-pool',
        kind: 'patch-pool',
        title: `change ${changedThings(differences)} of pool ${wish.spec.poolName}`,
        reason: `Batch takes these while nodes are there; nodes that run keep what they started with until they restart${staysText(own)}`,
        ...own,
        metadata
    };
}
function changeOf(wish, { pool, differences }) {
    const body = changedBody(wish, differences);
    const metadata = (0,pool_metadata/* specChange */.Mm)(wish.spec.pool.properties, pool);
    return {
        poolId: wish.poolId,
        body,
        carries: pool_body_carried(body, pool),
        metadata: { ...metadata, remove: [...metadata.remove, pool_metadata/* UNMADE_ITEM */.Pc] },
        found: foundOf(pool)
    };
}
const foundOf = ({ scale, imageId }) => ({ scale, ...(imageId === undefined ? {} : { imageId }) });
const MOST_NAMED = 6;
function staysText({ carries }) {
    if (carries.length === 0)
        return '';
    const names = carries.slice(0, MOST_NAMED).map(path => path.replace(VM_CONFIGURATION, ''));
    const more = carries.length - names.length;
    return `; what the spec leaves out stays: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
const VM_CONFIGURATION = 'deploymentConfiguration.virtualMachineConfiguration.';
function formerOf(pool) {
    const scale = (0,pool_metadata/* keptScale */.Tx)(pool);
    return scale === undefined ? pool : { scale, imageId: (0,pool_metadata/* keptImageId */.Lw)(pool.metadata) };
}
function formerAfter({ pool, differences }) {
    const { scale, imageId } = formerOf(pool);
    return hasOtherContent(differences) ? { scale } : { scale, imageId };
}
function hasUnprovedImage(pool) {
    return (0,pool_metadata/* keptScale */.Tx)(pool) !== undefined && (0,pool_metadata/* keptImageId */.Lw)(pool.metadata) !== pool.imageId;
}
function emptyStep(situation, wish, pool) {
    const keptMetadata = (0,pool_metadata/* withFormer */.Mh)(pool_metadata/* NO_CHANGE */.XG, formerOf(pool), situation.context);
    const back = hasUnprovedImage(pool)
        ? { formerScale: pool.scale, formerMetadata: keptMetadata }
        : { formerScale: formerOf(pool).scale, formerMetadata: pool_metadata/* NOTHING_OF_OURS */.cp };
    return {
        id: 'empty-pool',
        kind: 'empty-pool',
        title: `empty pool ${wish.spec.poolName} by ${wish.spec.drain}`,
        reason: 'Batch takes the change only at zero nodes; the present scale is kept in its metadata until it is back',
        poolId: wish.poolId,
        drain: wish.spec.drain,
        drainTimeoutMs: wish.spec.drainTimeoutMs,
        found: foundOf(pool),
        keptMetadata,
        ...back,
        onlyIfIdle: wish.spec.imageChange !== 'in-place' && (0,pool_metadata/* keptScale */.Tx)(pool) === undefined,
        ...(hasOnlyFailedNodes(situation, pool) ? { hasOnlyFailedNodes: true } : {})
    };
}
function rebuildStep({ context }, wish, change) {
    const own = changeOf(wish, change);
    return {
        id: 'change-pool-image',
        kind: 'change-pool-image',
        title: `change ${changedThings(change.differences)} of pool ${wish.spec.poolName}`,
        reason: `the pool has no nodes then, so Batch takes it${staysText(own)}`,
        ...own,
        metadata: (0,pool_metadata/* withFormer */.Mh)(own.metadata, formerAfter(change), context)
    };
}

;// CONCATENATED MODULE: ./build/plan/pool.js









function planPool(situation, after) {
    const { pool: wish, observed } = situation;
    if (wish === undefined)
        throw new Error('internal error: planPool without a pool');
    const plan = observed.pool === undefined ? planCreate(situation, wish) : planExisting(situation, wish, observed.pool);
    const planned = {
        poolId: wish.poolId,
        accountId: wish.spec.batchAccountId,
        accountEndpoint: observed.account?.accountEndpoint ?? '',
        apiVersion: wish.apiVersion,
        differences: [],
        maxUnhealthy: wish.spec.maxUnhealthy,
        ...plan.pool
    };
    const grows = plan.steps.some(step => step.kind === 'grow-pool' && (0,wave_targets/* totalOf */.e6)(step.goal) > 0);
    const proves = grows || isVerifiedAsItIs(plan.steps);
    return { pool: planned, steps: chained(plan.steps, after), findings: plan.findings ?? [], proves };
}
function isVerifiedAsItIs(steps) {
    const handsOver = steps.some(step => step.kind === 'finish-pool' && step.evaluationIntervalMs !== undefined);
    return steps.some(({ kind }) => kind === 'verify-nodes') && !handsOver;
}
function chained(steps, first) {
    return steps.map((step, index) => ({ ...step, after: index === 0 ? first : [steps[index - 1]?.id ?? ''] }));
}
function planCreate(situation, wish) {
    const { scale, spec } = wish;
    const goal = scale.kind === 'fixed' ? scale.goal : canaryOf(situation, wish);
    const first = (0,wave_targets/* firstTargets */.dI)(goal, spec.canaryNodes, spec.waveSize);
    const body = createBody(situation, wish, first);
    const steps = [
        {
            id: 'create-pool',
            kind: 'create-pool',
            title: `create pool ${spec.poolName} with ${(0,wave_targets/* describeTargets */.Eg)(first)}`,
            reason: 'there is none yet',
            poolId: wish.poolId,
            body
        }
    ];
    if ((0,wave_targets/* totalOf */.e6)(goal) > 0)
        steps.push(growStep(wish, goal, (0,wave_targets/* totalOf */.e6)(first) > 0 ? { alreadyAsked: first } : {}));
    if (scale.kind === 'auto')
        steps.push(...handOver(situation, wish, 'the spec asks for autoscale'));
    else if ((0,wave_targets/* totalOf */.e6)(goal) > 0)
        steps.push(finishStep(situation, wish, LEASE_GOES));
    return { pool: { decision: 'create', reason: 'there is none yet' }, steps };
}
const LEASE_GOES = 'this run’s lease goes from its metadata';
function canaryOf({ observed }, { scale, spec }) {
    if (scale.kind === 'none')
        return { dedicated: 0, lowPriority: 0 };
    const onlyLowPriority = observed.account?.dedicatedCoreQuota === 0;
    return onlyLowPriority
        ? { dedicated: 0, lowPriority: spec.canaryNodes }
        : { dedicated: spec.canaryNodes, lowPriority: 0 };
}
function planExisting(situation, wish, pool) {
    const differences = [...poolDifferences(wish, pool), ...otherContent(situation, wish, pool)];
    const rebuild = differences.filter(({ needs }) => needs !== 'patch');
    if (rebuild.length > 0 || wasCutOff(pool))
        return planRebuild(situation, wish, { pool, differences });
    const steps = [];
    if (differences.length > 0)
        steps.push(patchStep(situation, wish, { pool, differences }));
    steps.push(...scaleSteps(situation, wish, pool));
    const left = pool_leftBehind(situation, pool);
    if (steps.length === 0 && left !== undefined) {
        const reason = `an earlier run left ${left} on it`;
        return {
            pool: { decision: 'change', reason },
            steps: [...verifySteps(wish, pool), letGoStep(situation, wish, reason)]
        };
    }
    if (steps.length === 0) {
        return { pool: { decision: 'keep', reason: 'already as wanted' }, steps: verifySteps(wish, pool) };
    }
    if (!steps.some(({ kind }) => kind === 'grow-pool' || kind === 'verify-nodes'))
        steps.push(...verifySteps(wish, pool));
    const reasons = differences.length > 0 ? `${changedThings(differences)} not as wanted` : 'its scale is not as wanted';
    return { pool: { decision: 'change', reason: reasons, differences }, steps };
}
function pool_leftBehind({ context, observed }, { metadata }) {
    const state = (0,plan_lease/* leaseState */.oi)((0,plan_lease/* leaseOf */.m8)(metadata), context, observed.account?.readAt ?? observed.at);
    if (state === 'ran-out' || state === 'earlier-attempt')
        return 'its lease';
    return state !== 'held' && (0,pool_metadata/* hasFormerNote */.w6)(metadata) ? 'a note of its former scale' : undefined;
}
const wasCutOff = (pool) => (0,pool_metadata/* keptScale */.Tx)(pool) !== undefined;
function scaleSteps(situation, wish, pool) {
    const { scale } = wish;
    const has = (0,wave/* nodesOf */.Nh)(pool);
    if (scale.kind === 'none')
        return [];
    if (scale.kind === 'auto') {
        const same = pool.scale.kind === 'auto' &&
            pool.scale.formula === scale.formula &&
            intervalMs(pool.scale.evaluationInterval) === intervalMs(scale.evaluationInterval);
        if (same)
            return [];
        const asked = fixedTargets(pool);
        const canary = canaryOf(situation, wish);
        const proof = asked !== undefined && (0,wave_targets/* totalOf */.e6)(asked) >= (0,wave_targets/* totalOf */.e6)(canary) ? asked : canary;
        const proving = asked !== undefined && (0,wave_targets/* totalOf */.e6)(proof) > 0 ? [growStep(wish, proof, { present: has })] : [];
        return [...proving, ...handOver(situation, wish, 'the pool scales otherwise')];
    }
    const asked = fixedTargets(pool);
    const there = asked !== undefined && (0,wave_targets/* sameTargets */.nu)(asked, scale.goal) && (0,wave_targets/* sameTargets */.nu)(has, scale.goal);
    return there ? [] : [growStep(wish, scale.goal, { present: has }), finishStep(situation, wish, LEASE_GOES)];
}
function fixedTargets({ scale }) {
    return scale.kind === 'fixed'
        ? { dedicated: scale.targetDedicatedNodes, lowPriority: scale.targetLowPriorityNodes }
        : undefined;
}
function planRebuild(situation, wish, { pool, differences }) {
    const refused = refusal(situation, wish, { pool, differences });
    if (refused !== undefined) {
        return {
            pool: { decision: 'refuse', reason: 'needs a change that was not asked for', differences },
            steps: [],
            findings: [refused]
        };
    }
    const rebuild = differences.filter(({ needs }) => needs !== 'patch');
    const reason = rebuild.length === 0
        ? 'an earlier run emptied it and was cut off before it had brought it back'
        : `${changedThings(rebuild)} can only change at zero nodes${whyItMay(situation, wish, pool)}`;
    const { scale } = wish;
    const steps = [];
    if (rebuild.length > 0 && !isHeldAtZero(pool))
        steps.push(emptyStep(situation, wish, pool));
    if (rebuild.length > 0)
        steps.push(rebuildStep(situation, wish, { pool, differences }));
    else if (differences.length > 0)
        steps.push(patchStep(situation, wish, { pool, differences }));
    const goal = scale.kind === 'fixed' ? scale.goal : canaryOf(situation, wish);
    const present = rebuild.length > 0 ? {} : { present: (0,wave/* nodesOf */.Nh)(pool) };
    if ((0,wave_targets/* totalOf */.e6)(goal) > 0)
        steps.push(growStep(wish, goal, present));
    const finishing = scale.kind === 'auto'
        ? handOver(situation, wish, 'gives the autoscale formula back')
        : [finishStep(situation, wish, 'this run’s lease, and the note of the former scale, go from its metadata')];
    steps.push(...finishing);
    return { pool: { decision: 'change', reason, differences }, steps };
}
function whyItMay(situation, { spec }, pool) {
    const isOwnFailure = spec.imageChange === 'auto' && (0,wave_targets/* totalOf */.e6)((0,wave/* nodesOf */.Nh)(pool)) > 0 && hasOnlyFailedNodes(situation, pool);
    return isOwnFailure ? ', and its nodes are only those of a run that failed' : '';
}
function isHeldAtZero({ allocationState, scale, currentDedicatedNodes, currentLowPriorityNodes }) {
    const asked = scale.kind === 'fixed' ? scale.targetDedicatedNodes + scale.targetLowPriorityNodes : 1;
    return allocationState === 'Steady' && asked + currentDedicatedNodes + currentLowPriorityNodes === 0;
}

;// CONCATENATED MODULE: ./build/plan/situation.js








function situationOf(spec, observed, context) {
    const base = { spec, observed, context, whole: false };
    if (spec.image !== undefined) {
        base.key = (0,run_tags/* imageKey */.p2)(spec.image);
        if (spec.image.publishTo.kind === 'gallery') {
            const { versions, snapshots, at } = observed;
            base.version = chooseVersion({
                asked: spec.image.publishTo.version,
                key: base.key,
                at,
                versions,
                snapshots,
                context
            });
        }
    }
    base.whole = isWhole(base);
    if (spec.rollout !== undefined)
        base.pool = wishOf(base, spec.rollout);
    return base;
}
function isWhole({ spec, observed, version }) {
    if (spec.image === undefined)
        return true;
    const there = spec.image.publishTo.kind === 'managed'
        ? observed.managedImage
        : observed.versions.find(({ versionId }) => (0,arm_id/* nameOf */.Vb)(versionId) === version?.version);
    if (there === undefined)
        return false;
    return there.provisioningState !== 'Failed' || there.tags[run_tags/* TAG */.Dk.state] === 'complete' || situation_hasItsCopy(there);
}
function situation_hasItsCopy(there) {
    const rows = 'replication' in there ? (there.replication?.regions ?? []) : [];
    return rows.some(({ region, state }) => state === 'Completed' && (0,model_region/* sameRegion */.Z)(region, there.location));
}
function wishOf(situation, rollout) {
    const imageId = imageIdOf(situation);
    const managed = (0,arm_id/* isArmIdOf */.p_)(imageId, 'Microsoft.Compute/images');
    const scale = wishedScale(rollout, situation.observed);
    const nodeAgent = (0,node_agent/* chooseNodeAgent */.VW)(rollout, situation.observed);
    return {
        spec: rollout,
        poolId: (0,arm_id/* childId */._U)(rollout.batchAccountId, 'pools', rollout.poolName),
        imageId,
        managed,
        apiVersion: managed ? '2019-08-01' : '2025-06-01',
        scale,
        nodes: scale.kind === 'fixed' ? (0,wave_targets/* totalOf */.e6)(scale.goal) : nodesNow(situation.observed),
        nodeAgent,
        properties: wishedProperties(rollout.pool.properties, imageId, nodeAgent.nodeAgentSkuId)
    };
}
function imageIdOf({ spec, version }) {
    if (spec.image === undefined)
        return spec.rollout.imageId;
    const { publishTo } = spec.image;
    if (publishTo.kind === 'managed')
        return publishTo.imageId;
    return (0,arm_id/* childId */._U)(publishTo.galleryImageId, 'versions', version?.version ?? publishTo.version);
}
function wishedScale({ pool }, observed) {
    const asked = pool.properties.scaleSettings;
    if ((0,model_json/* isJsonObject */.OW)(asked)) {
        const { fixedScale, autoScale } = asked;
        if ((0,model_json/* isJsonObject */.OW)(autoScale)) {
            const interval = autoScale.evaluationInterval;
            return {
                kind: 'auto',
                formula: String(autoScale.formula),
                ...(typeof interval === 'string' ? { evaluationInterval: interval } : {}),
                from: 'spec'
            };
        }
        if ((0,model_json/* isJsonObject */.OW)(fixedScale)) {
            const goal = {
                dedicated: situation_count(fixedScale.targetDedicatedNodes),
                lowPriority: situation_count(fixedScale.targetLowPriorityNodes)
            };
            return { kind: 'fixed', goal, from: 'spec' };
        }
    }
    if (observed.pool === undefined)
        return { kind: 'none' };
    return fromPool((0,pool_metadata/* keptScale */.Tx)(observed.pool) ?? observed.pool.scale);
}
const situation_count = (value) => (typeof value === 'number' ? value : 0);
function fromPool(scale) {
    if (scale.kind === 'auto')
        return { ...scale, from: 'pool' };
    const goal = { dedicated: scale.targetDedicatedNodes, lowPriority: scale.targetLowPriorityNodes };
    return { kind: 'fixed', goal, from: 'pool' };
}
function nodesNow({ pool }) {
    return pool === undefined ? 0 : pool.currentDedicatedNodes + pool.currentLowPriorityNodes;
}
function wishedProperties(written, imageId, nodeAgentSkuId) {
    const { scaleSettings: _scale, metadata: _metadata, ...properties } = written;
    const deployment = (0,model_json/* isJsonObject */.OW)(properties.deploymentConfiguration) ? properties.deploymentConfiguration : {};
    const vm = (0,model_json/* isJsonObject */.OW)(deployment.virtualMachineConfiguration) ? deployment.virtualMachineConfiguration : {};
    const virtualMachineConfiguration = {
        ...vm,
        imageReference: { id: imageId },
        ...(nodeAgentSkuId === undefined ? {} : { nodeAgentSkuId })
    };
    return { ...properties, deploymentConfiguration: { ...deployment, virtualMachineConfiguration } };
}

;// CONCATENATED MODULE: ./build/plan/plan-run.js






function planRun(spec, observed, context) {
    const situation = situationOf(spec, observed, context);
    const findings = checkAll(situation);
    const plan = {
        format: 1,
        command: spec.command,
        dryRun: spec.dryRun,
        found: factsOf(situation),
        findings,
        steps: []
    };
    if (findings.some(isBlind))
        return plan;
    return stopped(withSteps(plan, situation));
}
const BLIND = new Set(['source-exists', 'account-exists', 'pool-deleting']);
const isBlind = ({ rule, severity }) => severity === 'error' && BLIND.has(rule);
function withSteps(plan, situation) {
    const { spec } = situation;
    const image = spec.image === undefined ? undefined : planImage(situation);
    const making = image?.making ?? [];
    const pool = situation.pool === undefined ? undefined : planPool(situation, plan_run_idsOf(making.slice(-1)));
    const proving = [...making, ...(pool?.steps ?? [])].filter(({ housekeeping }) => housekeeping !== true);
    const proof = pool === undefined ? undefined : { after: plan_run_idsOf(proving.slice(-1)), proves: pool.proves };
    const planned = image?.image ?? (spec.command === 'rollout' ? givenImage(situation) : undefined);
    return {
        ...plan,
        found: [...plan.found, ...(image?.facts ?? [])],
        findings: [...plan.findings, ...(pool?.findings ?? [])],
        ...(planned === undefined ? {} : { image: planned }),
        ...(pool === undefined ? {} : { pool: pool.pool }),
        steps: [...making, ...(pool?.steps ?? []), ...(image?.finishing(proof) ?? [])]
    };
}
const plan_run_idsOf = (steps) => steps.map(({ id }) => id);
function givenImage({ pool, observed }) {
    const imageId = pool?.imageId;
    if (pool === undefined || imageId === undefined)
        throw new Error('internal error: a rollout without an image');
    const [, gallery, definition, version] = /galleries\/([^/]+)\/images\/([^/]+)\/versions\/([^/]+)$/i.exec(imageId) ?? [];
    const names = `${pool.spec.imageFrom ?? 'image-id'} names it`;
    const reason = observed.rolloutVersion?.excludeFromLatest === true ? `${names} (it is hidden)` : names;
    if (gallery === undefined || definition === undefined || version === undefined) {
        return { kind: 'managed', imageId, imageName: (0,arm_id/* nameOf */.Vb)(imageId), decision: 'given', reason, snapshotIds: [] };
    }
    const imageName = `${gallery}/${definition}/${version}`;
    return { kind: 'gallery', imageId, imageName, version, decision: 'given', reason, snapshotIds: [] };
}
function stopped(plan) {
    return plan.findings.some(({ severity }) => severity === 'error') ? { ...plan, steps: [] } : plan;
}

;// CONCATENATED MODULE: ./build/report/refusal.js
const REASON_OF_RULE = {
    'image-change': 'pool-change-refused',
    'another-pool': 'pool-change-refused',
    'pool-change-unmade': 'pool-change-refused',
    'pool-leased': 'pool-leased'
};
function refusal_refusalOf({ findings }) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    if (first === undefined)
        return undefined;
    const reasons = new Set(errors.map(({ rule }) => REASON_OF_RULE[rule] ?? 'check-failed'));
    const reason = reasons.size === 1 ? ([...reasons][0] ?? 'check-failed') : 'check-failed';
    if (errors.length === 1)
        return { reason, message: first.message, wayOut: first.wayOut, details: [] };
    return {
        reason,
        message: `${errors.length} checks say that this can’t work`,
        wayOut: 'mend them all, then run again; nothing was made',
        details: errors.map(({ rule, message, wayOut }) => `${rule}: ${message} — ${wayOut}`)
    };
}

;// CONCATENATED MODULE: ./build/run.js






















async function run(given, signal) {
    const deps = guarded(given);
    const told = await tell(deps, signal);
    const isReported = report(deps, deps.clean(told));
    if (signal.aborted)
        return 'cancelled';
    return told.outcome.ok && isReported ? 'succeeded' : 'failed';
}
async function tell(deps, cancelled) {
    const startedAt = deps.clock.now();
    const told = {};
    const over = new AbortController();
    try {
        told.spec = parseInputs(deps.readInput, { readText: deps.readText, env: deps.env });
        maskSecrets(deps, told.spec);
        const signal = (0,time_limit/* anyOf */.EB)([cancelled, deadline(deps, told.spec, over.signal)]);
        announceEndOfSignIn(deps, told.spec, startedAt);
        const { azure, observed } = await lookedAround(deps, told.spec, { signal, startedAt });
        told.plan = planRun(told.spec, observed, deps.context);
        Object.assign(told, keepPlan(deps, told.plan));
        deps.log.say(`${renderFound(told.plan)}\n`);
        deps.log.say(`${renderPlan(told.plan)}\n`);
        const refused = refusal_refusalOf(told.plan);
        if (refused !== undefined || told.plan.dryRun) {
            return {
                ...told,
                outcome: outcomeOf(deps, { startedAt, plan: told.plan, observed, ...(refused && { failure: refused }) })
            };
        }
        keepToUndo(deps, told.spec, told.plan);
        return {
            ...told,
            outcome: await performing_perform(deps, { azure, spec: told.spec, plan: told.plan, observed, signal, cancelled, startedAt })
        };
    }
    catch (error) {
        traceDefect(deps, error);
        const failure = failureOf(error instanceof InputError ? error : (cancelledBy(cancelled) ?? error));
        return { ...told, outcome: outcomeOf(deps, { startedAt, failure }) };
    }
    finally {
        over.abort();
    }
}
function lookedAround(deps, spec, { signal, startedAt }) {
    const { clock, log } = deps;
    const say = (line) => log.say((0,plain_text/* logLine */.BP)(`${(0,elapsed/* timeSince */._)(startedAt, clock.now())}  ${line}`));
    const tell = (silentMs) => say(`still, after ${(0,elapsed/* elapsedText */.Q)(silentMs)}: signing in and reading Azure`);
    return withHeartbeat({ clock, signal, tell }, async () => {
        const azure = await (0,connect_to/* connectTo */.m)({ ...deps, log: { ...log, say } }, spec, signal);
        return { azure, observed: await observe(azure, spec, clock.now()) };
    });
}
function maskSecrets({ env, log }, { rollout }) {
    for (const name of secretReferences(rollout?.pool)) {
        const secret = env[name];
        if (secret !== undefined && secret !== '')
            log.mask(secret);
    }
}
function deadline({ clock }, { deadlineMs }, over) {
    const minutes = Math.round(deadlineMs / 60_000);
    const text = `the deadline of ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} is up`;
    const wayOut = 'run again: what stands is taken up; or give it longer (deadline)';
    return (0,time_limit/* abortAfter */.dg)(clock, deadlineMs, { reason: new model_failure/* RunError */.e4('deadline-exceeded', text, wayOut), over });
}
function cancelledBy(signal) {
    return signal.aborted ? signal.reason : undefined;
}
function announceEndOfSignIn({ env, log, readText }, spec, startedAt) {
    const message = signInEndsEarly(spec.signIn, (0,job/* readJob */.c)(env, readText), startedAt + spec.deadlineMs);
    if (message === undefined)
        return;
    log.say((0,plain_text/* logLine */.BP)(`warning: ${message}`));
    log.annotate({ level: 'warning', title: 'the sign-in ends before the deadline', message });
}
function keepPlan(deps, plan) {
    try {
        return { planFile: deps.writePlan(JSON.stringify(plan, undefined, 2)) };
    }
    catch (error) {
        const { message } = cantWrite('the plan', error, 'the output plan-file stays empty');
        deps.log.say((0,plain_text/* logLine */.BP)(`warning: ${message}`));
        deps.log.annotate({ level: 'warning', title: 'no plan-file', message });
        return {};
    }
}
function keepToUndo(deps, spec, plan) {
    const toUndo = (0,to_undo/* toUndoOf */.r)(spec, plan, deps.context);
    if (toUndo === undefined)
        return;
    try {
        deps.saveToUndo(toUndo);
    }
    catch (error) {
        throw cantWrite('what the post step needs', error, 'nothing is changed without it');
    }
}


/***/ }),

/***/ 40112:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ formatIso8601),
/* harmony export */   g: () => (/* binding */ parseIso8601Ms)
/* harmony export */ });
const PATTERN = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
function parseIso8601Ms(text) {
    const match = PATTERN.exec(text);
    if (match === null || text.endsWith('P') || text.endsWith('T'))
        return undefined;
    const [days, hours, minutes, seconds] = match.slice(1).map(part => Number(part ?? 0));
    return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}
function formatIso8601(ms) {
    const total = Math.ceil(ms / 1_000);
    const parts = [
        [Math.floor(total / 3_600), 'H'],
        [Math.floor((total % 3_600) / 60), 'M'],
        [total % 60, 'S']
    ];
    const text = parts.flatMap(([value, unit]) => (value === 0 ? [] : [`${value}${unit}`])).join('');
    return text === '' ? 'PT0S' : `PT${text}`;
}


/***/ }),

/***/ 22706:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ utcSeconds),
/* harmony export */   n: () => (/* binding */ utc)
/* harmony export */ });
function utc(at) {
    return `${isoOf(at).slice(0, 16)} UTC`;
}
function utcSeconds(at) {
    return `${isoOf(at).slice(0, 19)} UTC`;
}
const isoOf = (at) => new Date(at).toISOString().replace('T', ' ');


/***/ })

};
