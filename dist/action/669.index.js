export const id = 669;
export const ids = [669,257];
export const modules = {

/***/ 65669:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  connect: () => (/* binding */ connect)
});

// EXTERNAL MODULE: ./node_modules/@azure/core-rest-pipeline/dist/esm/index.js + 37 modules
var esm = __webpack_require__(1818);
// EXTERNAL MODULE: ./build/model/arm-id.js
var arm_id = __webpack_require__(51736);
;// CONCATENATED MODULE: ./build/azure/arm-url.js
const DISKS_VERSION = '2026-03-02';
const COMPUTE_VERSION = '2026-04-01';
const GALLERIES_VERSION = '2025-12-03';
const BATCH_VERSION = '2025-06-01';
const GROUPS_VERSION = '2021-04-01';
const LOCATIONS_VERSION = '2022-12-01';
const NETWORK_VERSION = '2024-05-01';
const IDENTITY_VERSION = '2023-01-31';
function armUrl(base, path, { apiVersion, rest = {} }) {
    const segments = path.split('/').map(segment => encodeURIComponent(segment));
    const query = [['api-version', apiVersion], ...Object.entries(rest)].map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`);
    return `${base}${segments.join('/')}?${query.join('&')}`;
}

;// CONCATENATED MODULE: ./build/azure/azure-time.js
function azureTimeOf({ headers }, clock) {
    const readAt = Date.parse(headers.get('date') ?? '');
    return Number.isNaN(readAt) ? {} : { readAt, aheadMs: readAt - clock.now() };
}

// EXTERNAL MODULE: ./build/model/failure.js
var failure = __webpack_require__(31612);
// EXTERNAL MODULE: ./build/model/json.js
var json = __webpack_require__(29598);
// EXTERNAL MODULE: ./build/azure/errors.js
var errors = __webpack_require__(42721);
// EXTERNAL MODULE: ./build/shared/elapsed.js
var elapsed = __webpack_require__(65940);
// EXTERNAL MODULE: ./build/shared/utc.js
var utc = __webpack_require__(22706);
;// CONCATENATED MODULE: ./build/azure/given-up.js


function giveUp({ trouble, waitMs, now, since, tries, endsAt, patienceMs }) {
    const { askedMs } = trouble;
    const asked = askedMs === undefined ? '' : `Azure asks to wait ${(0,elapsed/* elapsedText */.Q)(askedMs)}, until ${(0,utc/* utcSeconds */.k)(now + askedMs)}`;
    const notBefore = askedMs === undefined ? {} : { notBefore: now + askedMs };
    if (askedMs !== undefined && endsAt !== undefined && now + askedMs >= endsAt) {
        const text = `${asked}, and this run ends at ${(0,utc/* utcSeconds */.k)(endsAt)}${limitsText(trouble)}`;
        return { text, ...notBefore };
    }
    if (now - since + (askedMs === undefined ? waitMs : 0) < patienceMs)
        return undefined;
    const long = `so for ${(0,elapsed/* elapsedText */.Q)(now - since)}, in ${tries} tries`;
    return { text: `${long}${asked === '' ? '' : `; ${asked}`}${limitsText(trouble)}`, ...notBefore };
}
function waitsText({ trouble, waitMs, now, since, patienceMs }) {
    const what = trouble.kind === 'throttled'
        ? `too many requests (429)${limitsText(trouble)}`
        : `no usable answer (${trouble.answered})`;
    const long = now > since ? `, for ${(0,elapsed/* elapsedText */.Q)(now - since)} now` : '';
    const next = `sent again at ${(0,utc/* utcSeconds */.k)(now + waitMs)}`;
    return trouble.askedMs === undefined
        ? `${what}${long}; ${next}, and given up at ${(0,utc/* utcSeconds */.k)(since + patienceMs)}`
        : `${what}${long}; Azure asks to wait ${(0,elapsed/* elapsedText */.Q)(waitMs)}: ${next}`;
}
function limitsText({ limits }) {
    return limits.length === 0 ? '' : `; used up: ${limits.join(', ')}`;
}

// EXTERNAL MODULE: ./build/shared/time-limit.js
var time_limit = __webpack_require__(13141);
// EXTERNAL MODULE: ./build/azure/retry-after.js
var retry_after = __webpack_require__(98553);
;// CONCATENATED MODULE: ./build/azure/trouble.js

const NO_ANSWER = new Set([
    'ETIMEDOUT',
    'ESOCKETTIMEDOUT',
    'ECONNREFUSED',
    'ECONNRESET',
    'ECONNABORTED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETDOWN',
    'ENETUNREACH',
    'EPIPE',
    'PARSE_ERROR',
    'REQUEST_SEND_ERROR'
]);
function troubleOf(outcome, now) {
    const response = 'error' in outcome ? outcome.error.response : outcome.response;
    if (response === undefined) {
        const code = 'error' in outcome ? (outcome.error.code ?? '') : '';
        return NO_ANSWER.has(code) ? { kind: 'failing', answered: code, limits: [] } : undefined;
    }
    const { status, headers } = response;
    if (!mayBetter(status))
        return undefined;
    const askedMs = (0,retry_after/* retryAfterMs */.V)(headers, now) || secondsInMessage(response);
    const kind = status === 429 ? 'throttled' : 'failing';
    return { kind, answered: String(status), askedMs, limits: kind === 'throttled' ? usedUp(response) : [] };
}
function mayBetter(status) {
    return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}
function secondsInMessage({ bodyAsText }) {
    const [, seconds] = /try again after '?(\d+)'? seconds/i.exec(bodyAsText ?? '') ?? [];
    return Number(seconds) > 0 ? Number(seconds) * 1_000 : undefined;
}
const REMAINING = 'x-ms-ratelimit-remaining-';
function usedUp({ headers }) {
    return Object.entries(headers.toJSON()).flatMap(([name, value]) => {
        if (!name.toLowerCase().startsWith(REMAINING))
            return [];
        const buckets = value.split(',').filter(bucket => /(^|;)\s*0\s*$/.test(bucket));
        return buckets.map(bucket => (bucket.includes(';') ? bucket.trim().split(';')[0] : name.slice(REMAINING.length)) ?? '');
    });
}

;// CONCATENATED MODULE: ./build/azure/persevere.js




const WAITS_MS = {
    throttled: [5_000, 10_000, 20_000, 40_000, 60_000],
    failing: [1_000, 2_000, 4_000, 8_000, 16_000, 30_000]
};
const PATIENCE_MS = { throttled: 30 * 60_000, failing: 5 * 60_000 };
const JITTER = 0.25;
const APART_MS = 100;
const QUIET_MS = 60_000;
const SAY_EVERY_MS = 5 * 60_000;
const givenUp = new WeakMap();
function givenUpOf(request) {
    return request && givenUp.get(request);
}
const SDK_RETRIES = 'defaultRetryPolicy';
function persevere(pipeline, policy) {
    pipeline.removePolicy({ name: SDK_RETRIES });
    pipeline.addPolicy(policy, { phase: 'Retry' });
    pipeline.addPolicy(refuseCutOff(), { afterPhase: 'Sign' });
}
function perseverance(deps) {
    const { clock, random } = deps;
    const say = sayer(deps);
    const refused = new Map();
    let waiting = 0;
    return {
        name: 'persevere',
        sendRequest: async (request, next) => {
            const signal = request.abortSignal;
            const key = `${request.method} ${request.url}`;
            const last = refused.get(key);
            if (last?.end.notBefore !== undefined && clock.now() < last.end.notBefore) {
                givenUp.set(request, last.end);
                return settled(last.outcome);
            }
            refused.delete(key);
            const since = new Map();
            const count = { throttled: 0, failing: 0 };
            for (let tries = 1;; tries++) {
                const outcome = await attempt(request, next);
                signal?.throwIfAborted();
                const now = clock.now();
                const trouble = troubleOf(outcome, now);
                if (trouble === undefined)
                    return settled(outcome);
                const { kind, askedMs } = trouble;
                const began = since.get(kind) ?? now;
                since.set(kind, began);
                const waits = WAITS_MS[kind];
                const own = waits[Math.min(count[kind]++, waits.length - 1)] ?? 0;
                const wait = {
                    trouble,
                    waitMs: askedMs ?? own * (1 + JITTER * (2 * random() - 1)),
                    now,
                    since: began,
                    tries,
                    endsAt: (0,time_limit/* endOf */.pJ)(signal),
                    patienceMs: kind === 'failing' ? (deps.failingMs ?? PATIENCE_MS.failing) : PATIENCE_MS[kind]
                };
                const end = giveUp(wait);
                if (end !== undefined) {
                    givenUp.set(request, end);
                    refused.set(key, { outcome, end });
                    return settled(outcome);
                }
                say(request, wait);
                await clock.sleep(wait.waitMs + waiting++ * APART_MS, signal).finally(() => {
                    waiting -= 1;
                });
            }
        }
    };
}
async function attempt(request, next) {
    try {
        return { response: await next(request) };
    }
    catch (error) {
        if ((0,esm.isRestError)(error))
            return { error };
        throw error;
    }
}
function settled(outcome) {
    if ('error' in outcome)
        throw outcome.error;
    return outcome.response;
}
function sayer({ say }) {
    const said = new Map();
    return (request, wait) => {
        const { now, since, trouble, waitMs } = wait;
        const until = now + waitMs;
        const last = said.get(trouble.kind) ?? { at: -Infinity, until: -Infinity };
        const isKnown = until <= last.until + QUIET_MS || (waitMs <= QUIET_MS && now - last.at < SAY_EVERY_MS);
        if (until - since <= QUIET_MS || isKnown)
            return;
        said.set(trouble.kind, { at: now, until });
        say(`${nameOf(request)}: ${waitsText(wait)}`);
    };
}
function nameOf({ method, url }) {
    return `${method} …/${new URL(url).pathname.split('/').filter(Boolean).slice(-2).join('/')}`;
}
const PLAIN = 'application/octet-stream';
function refuseCutOff() {
    return {
        name: 'refuseCutOff',
        sendRequest: async (request, next) => {
            const response = await next(request);
            const isPlain = request.headers.get('accept') === PLAIN;
            const isJson = (response.status < 300 && !isPlain) || /json/i.test(response.headers.get('content-type') ?? '');
            if (!isJson || isWholeJson(response.bodyAsText))
                return response;
            throw new esm/* RestError */.pj('the answer is not whole JSON', { code: 'ECONNRESET', request });
        }
    };
}
function isWholeJson(text) {
    if (text === undefined || text === null || text.trim() === '')
        return true;
    try {
        JSON.parse(text.replace(/^\uFEFF/, ''));
        return true;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./build/azure/pipeline.js



const CLIENT_OPTIONS = { redirectOptions: { maxRetries: 0 } };
const tries = new WeakMap();
function triesOf(request) {
    return tries.get(request) ?? 0;
}
function prepare(client, deps) {
    const { pipeline } = client;
    pipeline.removePolicy({ name: esm/* bearerTokenAuthenticationPolicyName */.uQ });
    pipeline.addPolicy(correlate(deps.clientRequestId));
    pipeline.addPolicy(announce(deps));
    pipeline.addPolicy(authorize(deps), { phase: 'Sign' });
    persevere(pipeline, deps.perseverance);
    pipeline.addPolicy(deps.absence, { phase: 'Retry', beforePolicies: [deps.perseverance.name] });
    pipeline.addPolicy(logExchange(deps), { afterPhase: 'Sign' });
    return client;
}
function correlate(clientRequestId) {
    return {
        name: 'correlate',
        sendRequest: (request, next) => {
            if (clientRequestId !== undefined)
                request.headers.set('x-ms-correlation-request-id', clientRequestId);
            return next(request);
        }
    };
}
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
function announce({ ahead }) {
    return {
        name: 'announce',
        sendRequest: (request, next) => {
            const { method, url } = request;
            if (!READS.has(method))
                ahead({ method, path: decodeURIComponent(new URL(url).pathname) });
            return next(request);
        }
    };
}
function authorize({ tokens, scope, allows }) {
    return {
        name: 'authorize',
        sendRequest: async (request, next) => {
            refuseForeign(request.url, allows);
            for (let last = false;; last = true) {
                const token = await orAborted(tokens.get(scope), request.abortSignal);
                request.headers.set('authorization', `Bearer ${token}`);
                const response = await next(request);
                if (response.status !== 401 || last)
                    return response;
                tokens.drop(scope, token);
            }
        }
    };
}
function refuseForeign(url, allows) {
    const { protocol, host } = new URL(url);
    if (protocol === 'https:' && allows(new URL(url)))
        return;
    throw new failure/* RunError */.e4({
        reason: 'sign-in-failed',
        message: `${protocol}//${host}: not a host of this cloud; tokens are sent over https, and only to its own hosts`,
        wayOut: 'check cloud, and where the address comes from'
    });
}
async function orAborted(work, signal) {
    if (signal === undefined)
        return work;
    let stop = () => { };
    const aborted = new Promise((_, reject) => {
        stop = () => reject(signal.reason);
        if (signal.aborted)
            stop();
        signal.addEventListener('abort', stop);
    });
    try {
        return await Promise.race([work, aborted]);
    }
    finally {
        signal.removeEventListener('abort', stop);
    }
}
function logExchange({ clock, debug }) {
    return {
        name: 'logExchange',
        sendRequest: async (request, next) => {
            tries.set(request, triesOf(request) + 1);
            const startedAt = clock.now();
            const log = (end) => debug(`${request.method} ${loggable(request.url)}: ${end} in ${clock.now() - startedAt} ms`);
            try {
                const response = await next(request);
                log(String(response.status));
                return response;
            }
            catch (error) {
                log(error.code ?? error.name);
                throw error;
            }
        }
    };
}
function loggable(url) {
    const { host, pathname, searchParams } = new URL(url);
    const version = searchParams.get('api-version');
    return `${host}${pathname}${version === null ? '' : ` (${version})`}`;
}

// EXTERNAL MODULE: ./build/model/relayed-error.js
var relayed_error = __webpack_require__(87633);
// EXTERNAL MODULE: ./build/shared/plain-text.js
var plain_text = __webpack_require__(44114);
// EXTERNAL MODULE: ./build/azure/read/json.js
var read_json = __webpack_require__(44919);
;// CONCATENATED MODULE: ./build/azure/policy-error.js

function policiesOf(error) {
    const infos = (0,read_json/* listAt */.gT)(error, 'additionalInfo').filter(info => (0,read_json/* textAt */.$6)(info, 'type') === 'PolicyViolation');
    const told = infos.length > 0 ? infos.map(info => violation((0,read_json.at)(info, 'info'))) : identifiers((0,read_json/* textAt */.$6)(error, 'message'));
    const names = told.flatMap(({ assignment, definition }) => [
        ...(assignment === undefined ? [] : [{ code: 'policy assignment', message: assignment }]),
        ...(definition === undefined ? [] : [{ code: 'policy definition', message: definition }])
    ]);
    return names.filter((one, index) => names.findIndex(({ message }) => message === one.message) === index);
}
const violation = (info) => ({
    assignment: named((0,read_json/* textAt */.$6)(info, 'policyAssignmentDisplayName'), (0,read_json/* textAt */.$6)(info, 'policyAssignmentName')),
    definition: named((0,read_json/* textAt */.$6)(info, 'policyDefinitionDisplayName'), (0,read_json/* textAt */.$6)(info, 'policyDefinitionName'))
});
function named(displayName, name) {
    if (displayName === undefined || displayName === '')
        return name;
    return name === undefined || name === displayName ? displayName : `${displayName} (${name})`;
}
function identifiers(message = '') {
    const [, json] = /Policy identifiers: '(\[.*\])'/s.exec(message) ?? [];
    if (json === undefined)
        return [];
    try {
        const listed = JSON.parse(json);
        return (Array.isArray(listed) ? listed : []).map(one => ({
            assignment: (0,read_json/* textAt */.$6)(one, 'policyAssignment.name'),
            definition: (0,read_json/* textAt */.$6)(one, 'policyDefinition.name')
        }));
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./build/azure/read/error.js





const ABSENT = new Set([
    'ResourceNotFound',
    'ResourceGroupNotFound',
    'ParentResourceNotFound',
    'NotFound',
    'AccountNotFound',
    'ApplicationNotFound',
    'ApplicationPackageNotFound',
    'PoolNotFound',
    'JobNotFound'
]);
function isAbsent(status, code) {
    return status === 404 && ABSENT.has(code);
}
const MOST_CHARACTERS = 10_000;
const MOST_DETAILS = 100;
function readError(body, status) {
    const error = (0,json/* isJsonObject */.OW)((0,read_json.at)(body, 'error')) ? (0,read_json.at)(body, 'error') : body;
    if (!(0,json/* isJsonObject */.OW)(error)) {
        const text = typeof error === 'string' && error.trim() !== '' ? (0,plain_text/* cut */.Jj)(error.trim(), 200) : 'the answer has no body';
        return { code: `HTTP${status}`, message: text, details: [] };
    }
    const whole = withoutRequestId((0,read_json/* textAt */.$6)(error, 'message') ?? (0,read_json/* textAt */.$6)(error, 'message.value') ?? '');
    const details = [
        ...(0,read_json/* listAt */.gT)(error, 'details').flatMap(flatDetail),
        ...(0,read_json/* listAt */.gT)(error, 'values').map(valueDetail),
        ...(0,relayed_error/* relayedErrors */.C)(whole),
        ...policiesOf(error)
    ]
        .slice(0, MOST_DETAILS)
        .map(({ code, message }) => ({ code: (0,plain_text/* cut */.Jj)(code, 200), message: (0,plain_text/* cut */.Jj)(message, MOST_CHARACTERS) }));
    const reason = details.find(detail => detail.code === 'Reason')?.message;
    const said = (0,plain_text/* cut */.Jj)(whole, MOST_CHARACTERS);
    const about = (0,read_json/* textAt */.$6)(error, 'target');
    return {
        code: (0,plain_text/* cut */.Jj)((0,read_json/* textAt */.$6)(error, 'code') ?? `HTTP${status}`, 200),
        message: [said, reason].filter(text => text !== undefined && text !== '').join(' ') || 'without a message',
        details,
        ...(about === undefined || ABOUT_NOTHING.has(about) ? {} : { about: (0,plain_text/* cut */.Jj)(about, 200) })
    };
}
const ABOUT_NOTHING = new Set(['BatchAccount']);
function flatDetail(detail) {
    const own = { code: (0,read_json/* textAt */.$6)(detail, 'code') ?? '', message: withoutRequestId((0,read_json/* textAt */.$6)(detail, 'message') ?? '') };
    const inner = [...(0,read_json/* listAt */.gT)(detail, 'details').flatMap(flatDetail), ...(0,relayed_error/* relayedErrors */.C)(own.message), ...policiesOf(detail)];
    return [own, ...inner];
}
function valueDetail(value) {
    return { code: (0,read_json/* textAt */.$6)(value, 'key') ?? (0,read_json/* textAt */.$6)(value, 'name') ?? '', message: (0,read_json/* textAt */.$6)(value, 'value') ?? '' };
}
function withoutRequestId(message) {
    return message.split(/\r?\nRequestId:/)[0]?.trim() ?? '';
}

;// CONCATENATED MODULE: ./build/azure/connection.js











async function send(line, what, message) {
    const { body, headers = {}, method, url } = message;
    const request = (0,esm.createPipelineRequest)({
        url,
        method,
        headers: (0,esm.createHttpHeaders)({
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers
        }),
        abortSignal: line.signal,
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
    });
    try {
        line.signal.throwIfAborted();
        return checked(what, answerOf(await line.pipeline.sendRequest(line.httpClient, request), line));
    }
    catch (error) {
        throw toAzureError(error, what, line);
    }
}
async function sendForAll(line, what, firstUrl) {
    const items = [];
    const seen = new Set();
    for (let url = firstUrl; url !== undefined;) {
        if (seen.has(url))
            throw unexpected(what, 'a list whose next page is one that was read before');
        seen.add(url);
        const { body } = await send(line, what, { method: 'GET', url });
        items.push(...(0,read_json/* listAt */.gT)(body, 'value'));
        const next = (0,json/* isJsonObject */.OW)(body) ? (body['nextLink'] ?? body['odata.nextLink']) : undefined;
        url = typeof next === 'string' && next !== '' ? linkIn(what, next, url) : undefined;
    }
    return items;
}
function linkIn(what, link, base) {
    if (/^https?:\/\//i.test(link) && URL.canParse(link))
        return link;
    if (URL.canParse(link, base))
        return new URL(link, base).href;
    throw unexpected(what, `the link "${link.slice(0, 100)}", which is no URL`);
}
function unexpected(what, found) {
    return new errors/* AzureError */.M({ ...what, code: 'UnexpectedAnswer', message: `Azure answered with ${found}` });
}
async function throughSdk(line, what, call) {
    const came = {};
    try {
        line.signal.throwIfAborted();
        await call({ abortSignal: line.signal, onResponse: response => void (came.response ??= response) });
    }
    catch (error) {
        if (came.response === undefined)
            throw toAzureError(error, what, line);
    }
    if (came.response === undefined)
        throw new errors/* AzureError */.M({ ...what, code: 'NoAnswer', message: 'the SDK made no call' });
    return checked(what, answerOf(came.response, line));
}
async function ifThere(read) {
    try {
        return await read;
    }
    catch (error) {
        if (error instanceof errors/* AzureError */.M && isAbsent(error.status, error.code))
            return undefined;
        throw error;
    }
}
function view(what, read) {
    try {
        return read();
    }
    catch (error) {
        throw new errors/* AzureError */.M({ ...what, code: 'UnexpectedAnswer', message: error.message }, error);
    }
}
function toAzureError(error, what, line) {
    if (line.signal.aborted)
        return line.signal.reason;
    if (error instanceof errors/* AzureError */.M || error instanceof failure/* RunError */.e4 || !(0,esm.isRestError)(error))
        return error;
    if (error.response !== undefined)
        return failed(what, answerOf(error.response, line), error);
    return new errors/* AzureError */.M({
        ...what,
        code: error.code ?? 'REQUEST_SEND_ERROR',
        message: `no answer: ${error.message}`,
        givenUp: givenUpOf(error.request)
    }, error);
}
function checked(what, answer) {
    if (answer.status >= 200 && answer.status < 300)
        return answer;
    throw failed(what, answer);
}
function failed(what, { status, headers, body, tries, at, givenUp }, cause) {
    const requestId = headers.get('x-ms-request-id') ?? headers.get('request-id');
    return new errors/* AzureError */.M({
        ...what,
        status,
        tries,
        ...readError(body, status),
        ...(requestId === undefined ? {} : { requestId }),
        retryAfterMs: (0,retry_after/* retryAfterMs */.V)(headers, at),
        givenUp
    }, cause);
}
function answerOf({ request, status, headers, bodyAsText }, { clock }) {
    return {
        url: request.url,
        tries: triesOf(request),
        status,
        headers,
        body: parsed(bodyAsText),
        text: bodyAsText ?? '',
        at: clock.now(),
        givenUp: givenUpOf(request)
    };
}
function parsed(text) {
    if (text === undefined || text === null || text.trim() === '')
        return undefined;
    try {
        return JSON.parse(text.replace(/^\uFEFF/, ''));
    }
    catch {
        return text;
    }
}

// EXTERNAL MODULE: ./build/model/region.js
var region = __webpack_require__(6356);
;// CONCATENATED MODULE: ./build/azure/read/pool.js



const NODE_IMAGE = 'deploymentConfiguration.virtualMachineConfiguration.imageReference.id';
function readAccount(account) {
    const properties = (0,read_json.at)(account, 'properties');
    const modes = (0,read_json.at)(properties, 'allowedAuthenticationModes');
    const families = (0,read_json.at)(properties, 'dedicatedCoreQuotaPerVMFamily');
    return (0,read_json/* defined */.sw)({
        accountId: (0,arm_id/* parseArmId */.fk)((0,read_json/* neededText */.Nd)(account, 'id'), 'Microsoft.Batch/batchAccounts'),
        location: (0,region/* regionName */.g)((0,read_json/* neededText */.Nd)(account, 'location')),
        accountEndpoint: (0,read_json/* neededText */.Nd)(properties, 'accountEndpoint').replace(/^https:\/\//i, ''),
        poolAllocationMode: (0,read_json/* textAt */.$6)(properties, 'poolAllocationMode') ?? 'BatchService',
        provisioningState: (0,read_json/* textAt */.$6)(properties, 'provisioningState'),
        allowedAuthenticationModes: Array.isArray(modes) ? modes.filter(mode => typeof mode === 'string') : undefined,
        network: readNetwork(properties),
        poolQuota: (0,read_json/* numberAt */.tk)(properties, 'poolQuota'),
        dedicatedCoreQuota: (0,read_json/* numberAt */.tk)(properties, 'dedicatedCoreQuota'),
        lowPriorityCoreQuota: (0,read_json/* numberAt */.tk)(properties, 'lowPriorityCoreQuota'),
        dedicatedCoreQuotaPerVMFamily: Array.isArray(families) ? families.map(readFamilyQuota) : undefined,
        dedicatedCoreQuotaPerVMFamilyEnforced: (0,read_json/* booleanAt */.CR)(properties, 'dedicatedCoreQuotaPerVMFamilyEnforced') ?? false
    });
}
function readNetwork(properties) {
    const approved = (0,read_json/* listAt */.gT)(properties, 'privateEndpointConnections').filter(connection => (0,read_json/* textAt */.$6)(connection, 'properties.privateLinkServiceConnectionState.status') === 'Approved');
    return (0,read_json/* defined */.sw)({
        publicAccess: (0,read_json/* textAt */.$6)(properties, 'publicNetworkAccess') ?? 'Enabled',
        account: readIpRules((0,read_json.at)(properties, 'networkProfile.accountAccess')),
        nodeManagement: readIpRules((0,read_json.at)(properties, 'networkProfile.nodeManagementAccess')),
        privateEndpoints: approved.flatMap(connection => (0,read_json/* listAt */.gT)(connection, 'properties.groupIds').filter(group => typeof group === 'string'))
    });
}
function readIpRules(access) {
    if ((0,read_json/* textAt */.$6)(access, 'defaultAction') !== 'Deny')
        return undefined;
    return { allowed: (0,read_json/* listAt */.gT)(access, 'ipRules').flatMap(rule => (0,read_json/* textAt */.$6)(rule, 'value') ?? []) };
}
function readFamilyQuota(family) {
    return { name: (0,read_json/* neededText */.Nd)(family, 'name'), coreQuota: (0,read_json/* numberAt */.tk)(family, 'coreQuota') ?? 0 };
}
function readVmSize(size) {
    const capability = (name) => (0,read_json/* textAt */.$6)((0,read_json/* listAt */.gT)(size, 'capabilities').find(entry => (0,read_json/* textAt */.$6)(entry, 'name')?.toLowerCase() === name.toLowerCase()), 'value');
    const flag = (name) => {
        const value = capability(name)?.toLowerCase();
        return value === undefined ? undefined : value === 'true';
    };
    const number = (name) => {
        const value = Number(capability(name) ?? NaN);
        return Number.isNaN(value) ? undefined : value;
    };
    const cachedBytes = number('CachedDiskBytes');
    return (0,read_json/* defined */.sw)({
        name: (0,read_json/* neededText */.Nd)(size, 'name'),
        familyName: (0,read_json/* textAt */.$6)(size, 'familyName'),
        vCpus: number('vCPUs'),
        hyperVGenerations: capability('HyperVGenerations')
            ?.split(',')
            .map(generation => generation.trim()),
        architecture: capability('CpuArchitectureType'),
        ephemeralOsDisk: flag('EphemeralOSDiskSupported'),
        premiumStorage: flag('PremiumIO'),
        acceleratedNetworking: flag('AcceleratedNetworkingEnabled'),
        maxDataDisks: number('MaxDataDiskCount'),
        cachedDiskGB: cachedBytes === undefined ? undefined : Math.floor(cachedBytes / 2 ** 30),
        trustedLaunchDisabled: flag('TrustedLaunchDisabled'),
        confidentialComputingType: capability('ConfidentialComputingType'),
        batchSupportEndOfLife: (0,read_json/* textAt */.$6)(size, 'batchSupportEndOfLife')
    });
}
function readPool(pool, etagHeader) {
    const properties = (0,read_json.at)(pool, 'properties');
    return (0,read_json/* defined */.sw)({
        poolId: (0,arm_id/* parseArmId */.fk)((0,read_json/* neededText */.Nd)(pool, 'id'), 'Microsoft.Batch/batchAccounts/pools'),
        etag: (0,read_json/* textAt */.$6)(pool, 'etag') ?? etagHeader ?? (0,read_json/* neededText */.Nd)(pool, 'etag'),
        provisioningState: (0,read_json/* neededText */.Nd)(properties, 'provisioningState'),
        allocationState: (0,read_json/* neededText */.Nd)(properties, 'allocationState'),
        allocationStateTransitionTime: (0,read_json/* textAt */.$6)(properties, 'allocationStateTransitionTime'),
        vmSize: (0,read_json/* textAt */.$6)(properties, 'vmSize'),
        currentDedicatedNodes: (0,read_json/* numberAt */.tk)(properties, 'currentDedicatedNodes') ?? 0,
        currentLowPriorityNodes: (0,read_json/* numberAt */.tk)(properties, 'currentLowPriorityNodes') ?? 0,
        scale: readScale((0,read_json.at)(properties, 'scaleSettings')),
        resize: readResize((0,read_json.at)(properties, 'resizeOperationStatus')),
        autoScaleRun: readAutoScaleRun((0,read_json.at)(properties, 'autoScaleRun')),
        imageId: (0,read_json/* textAt */.$6)(properties, NODE_IMAGE),
        metadata: (0,read_json/* listAt */.gT)(properties, 'metadata').map(item => ({
            name: (0,read_json/* neededText */.Nd)(item, 'name'),
            value: (0,read_json/* textAt */.$6)(item, 'value') ?? ''
        })),
        body: (0,read_json/* objectOf */.Xy)(pool)
    });
}
function readScale(settings) {
    const auto = (0,read_json.at)(settings, 'autoScale');
    if (auto !== undefined) {
        const evaluationInterval = (0,read_json/* textAt */.$6)(auto, 'evaluationInterval');
        return (0,read_json/* defined */.sw)({ kind: 'auto', formula: (0,read_json/* neededText */.Nd)(auto, 'formula'), evaluationInterval });
    }
    const fixed = (0,read_json.at)(settings, 'fixedScale');
    return (0,read_json/* defined */.sw)({
        kind: 'fixed',
        targetDedicatedNodes: (0,read_json/* numberAt */.tk)(fixed, 'targetDedicatedNodes') ?? 0,
        targetLowPriorityNodes: (0,read_json/* numberAt */.tk)(fixed, 'targetLowPriorityNodes') ?? 0,
        resizeTimeout: (0,read_json/* textAt */.$6)(fixed, 'resizeTimeout')
    });
}
function readResize(status) {
    if (status === undefined)
        return undefined;
    return (0,read_json/* defined */.sw)({
        targetDedicatedNodes: (0,read_json/* numberAt */.tk)(status, 'targetDedicatedNodes'),
        targetLowPriorityNodes: (0,read_json/* numberAt */.tk)(status, 'targetLowPriorityNodes'),
        startTime: (0,read_json/* textAt */.$6)(status, 'startTime'),
        errors: (0,read_json/* listAt */.gT)(status, 'errors').map(readResizeError)
    });
}
function readAutoScaleRun(run) {
    if (run === undefined)
        return undefined;
    const error = (0,read_json.at)(run, 'error');
    return (0,read_json/* defined */.sw)({
        evaluationTime: (0,read_json/* textAt */.$6)(run, 'evaluationTime') ?? '',
        error: error === undefined ? undefined : readResizeError(error),
        results: (0,read_json/* textAt */.$6)(run, 'results')
    });
}
function readResizeError(error) {
    return {
        code: (0,read_json/* textAt */.$6)(error, 'code') ?? 'Unknown',
        message: (0,read_json/* textAt */.$6)(error, 'message') ?? '',
        details: (0,read_json/* listAt */.gT)(error, 'details').flatMap(detail => {
            const { details, ...own } = readResizeError(detail);
            return [own, ...details];
        })
    };
}

;// CONCATENATED MODULE: ./build/azure/written.js


const SHOWN = [
    'properties.metadata',
    'properties.scaleSettings',
    'properties.deploymentConfiguration.virtualMachineConfiguration.imageReference'
];
const NEVER_SHOWN = new Set(['nodeDeallocationOption']);
function showsWritten(present, written) {
    const paths = SHOWN.filter(path => (0,read_json.at)(written, path) !== undefined);
    return paths.length > 0 && paths.every(path => holds((0,read_json.at)(present, path), (0,read_json.at)(written, path)));
}
function holds(present, written) {
    if ((0,json/* isJsonObject */.OW)(written)) {
        return Object.entries(written).every(([name, value]) => NEVER_SHOWN.has(name) || holds((0,read_json.at)(present, name), value));
    }
    if (Array.isArray(written)) {
        const list = Array.isArray(present) ? present : [];
        return list.length === written.length && written.every((value, index) => holds(list[index], value));
    }
    if (typeof written === 'string' && typeof present === 'string')
        return written.toLowerCase() === present.toLowerCase();
    return (written ?? undefined) === present;
}

;// CONCATENATED MODULE: ./build/azure/batch.js








const NEWEST = '2025-06-01';
function batchGateway(services, signal) {
    const lineTo = (subscriptionId, apiVersion) => services.line(services.batch(subscriptionId, apiVersion), signal);
    const urlOf = (path, apiVersion = NEWEST) => armUrl(services.cloud.resourceManagerUrl, path, { apiVersion });
    const poolLine = (id, apiVersion) => lineTo((0,arm_id/* subscriptionOf */.XD)(id), apiVersion);
    const getPool = async (id, apiVersion) => {
        const what = { operation: 'Pool_Get', target: spoken(id) };
        const answer = await ifThere(send(poolLine(id, apiVersion), what, { method: 'GET', url: urlOf(id, apiVersion) }));
        return answer && poolOf(what, answer);
    };
    const write = async (what, id, { apiVersion, ...message }) => {
        try {
            const url = urlOf(id, apiVersion);
            return poolOf(what, await send(poolLine(id, apiVersion), what, { url, ...message }));
        }
        catch (error) {
            const present = mayBeOurs(error) ? await getPool(id, apiVersion) : undefined;
            if (present !== undefined && showsWritten(present.body, message.body))
                return present;
            throw error;
        }
    };
    return {
        getAccount: async (id) => {
            const [name = ''] = (0,arm_id/* namesOf */.eZ)(id);
            const what = { operation: 'BatchAccount_Get', target: name };
            const client = services.batch((0,arm_id/* subscriptionOf */.XD)(id), NEWEST);
            const answer = await ifThere(throughSdk(services.line(client, signal), what, options => client.batchAccountOperations.get((0,arm_id/* resourceGroupOf */.Tp)(id), name, options)));
            return (answer && view(what, () => ({ ...readAccount((0,read_json/* objectOf */.Xy)(answer.body)), ...azureTimeOf(answer, services.clock) })));
        },
        listVmSizes: async (subscriptionId, location) => {
            const what = { operation: 'Location_ListSupportedVirtualMachineSkus', target: location };
            const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Batch/locations/${location}/virtualMachineSkus`;
            const sizes = await sendForAll(lineTo(subscriptionId, NEWEST), what, urlOf(path));
            return view(what, () => sizes.map(readVmSize));
        },
        listPools: async (id) => {
            const what = { operation: 'Pool_ListByBatchAccount', target: spoken(id) };
            const pools = await ifThere(sendForAll(lineTo((0,arm_id/* subscriptionOf */.XD)(id), NEWEST), what, urlOf(`${id}/pools`)));
            return view(what, () => (pools ?? []).map(pool => readPool(pool)));
        },
        getPool,
        createPool: (id, body, apiVersion) => {
            const what = { operation: 'Pool_Create', target: spoken(id) };
            return write(what, id, { method: 'PUT', body, headers: { 'if-none-match': '*' }, apiVersion });
        },
        patchPool: (id, body, { apiVersion, ifMatch }) => {
            const what = { operation: 'Pool_Update', target: spoken(id) };
            return write(what, id, { method: 'PATCH', body, headers: { 'if-match': ifMatch }, apiVersion });
        },
        stopResize: async (id, apiVersion) => {
            const what = { operation: 'Pool_StopResize', target: spoken(id) };
            const [account = '', pool = ''] = (0,arm_id/* namesOf */.eZ)(id);
            const client = services.batch((0,arm_id/* subscriptionOf */.XD)(id), apiVersion);
            const answer = await throughSdk(services.line(client, signal), what, options => client.poolOperations.stopResize((0,arm_id/* resourceGroupOf */.Tp)(id), account, pool, options));
            return poolOf(what, answer);
        },
        deletePool: async (id, apiVersion) => {
            const what = { operation: 'Pool_Delete', target: spoken(id) };
            await ifThere(send(poolLine(id, apiVersion), what, { method: 'DELETE', url: urlOf(id, apiVersion) }));
        }
    };
}
function mayBeOurs(error) {
    if (!(error instanceof errors/* AzureError */.M) || error.tries < 2)
        return false;
    return error.status === 412 || (error.status === 409 && error.code === 'PoolExists');
}
function poolOf(what, answer) {
    return view(what, () => readPool((0,read_json/* objectOf */.Xy)(answer.body), answer.headers.get('etag')));
}
function spoken(id) {
    return (0,arm_id/* namesOf */.eZ)(id).join('/');
}

// EXTERNAL MODULE: ./build/shared/iso8601.js
var iso8601 = __webpack_require__(40112);
;// CONCATENATED MODULE: ./build/azure/read/node.js

function readNode(node) {
    return (0,read_json/* defined */.sw)({
        nodeId: (0,read_json/* neededText */.Nd)(node, 'id'),
        state: (0,read_json/* neededText */.Nd)(node, 'state').toLowerCase(),
        isDedicated: (0,read_json/* booleanAt */.CR)(node, 'isDedicated') ?? true,
        affinityId: (0,read_json/* textAt */.$6)(node, 'affinityId'),
        allocatedAt: (0,read_json/* textAt */.$6)(node, 'allocationTime'),
        bootedAt: (0,read_json/* textAt */.$6)(node, 'lastBootTime'),
        stateSince: (0,read_json/* textAt */.$6)(node, 'stateTransitionTime'),
        imageId: (0,read_json/* textAt */.$6)(node, 'virtualMachineInfo.imageReference.virtualMachineImageId'),
        errors: (0,read_json/* listAt */.gT)(node, 'errors').map(error => ({
            code: (0,read_json/* textAt */.$6)(error, 'code') ?? 'Unknown',
            message: (0,read_json/* textAt */.$6)(error, 'message') ?? '',
            details: (0,read_json/* listAt */.gT)(error, 'errorDetails').map(nameAndValue)
        })),
        startTask: readStartTask((0,read_json.at)(node, 'startTaskInfo'))
    });
}
function readStartTask(info) {
    if (info === undefined)
        return undefined;
    const failure = (0,read_json.at)(info, 'failureInfo');
    const message = (0,read_json/* textAt */.$6)(failure, 'message');
    const details = (0,read_json/* listAt */.gT)(failure, 'details').filter(detail => (0,read_json/* textAt */.$6)(detail, 'value') !== message);
    const parts = [(0,read_json/* textAt */.$6)(failure, 'code'), message, ...details.map(nameAndValue)];
    return (0,read_json/* defined */.sw)({
        state: (0,read_json/* textAt */.$6)(info, 'state'),
        exitCode: (0,read_json/* numberAt */.tk)(info, 'exitCode'),
        failure: failure === undefined ? undefined : parts.filter(Boolean).join(': ')
    });
}
function refusalOfAdded(added) {
    if ((0,read_json/* textAt */.$6)(added, 'status')?.toLowerCase() === 'success')
        return undefined;
    return { code: (0,read_json/* textAt */.$6)(added, 'error.code') ?? 'Unknown', message: (0,read_json/* textAt */.$6)(added, 'error.message.value') ?? '' };
}
function readTask(task) {
    const failure = (0,read_json.at)(task, 'executionInfo.failureInfo');
    const parts = [(0,read_json/* textAt */.$6)(failure, 'code'), (0,read_json/* textAt */.$6)(failure, 'message')].filter(Boolean);
    return (0,read_json/* defined */.sw)({
        taskId: (0,read_json/* neededText */.Nd)(task, 'id'),
        state: (0,read_json/* neededText */.Nd)(task, 'state').toLowerCase(),
        nodeId: (0,read_json/* textAt */.$6)(task, 'nodeInfo.nodeId'),
        exitCode: (0,read_json/* numberAt */.tk)(task, 'executionInfo.exitCode'),
        failure: failure === undefined ? undefined : parts.join(': ')
    });
}
function nameAndValue(pair) {
    return [(0,read_json/* textAt */.$6)(pair, 'name'), (0,read_json/* textAt */.$6)(pair, 'value')].filter(Boolean).join(': ');
}
function readNodeCounts(counts) {
    return { dedicated: byState((0,read_json.at)(counts, 'dedicated')), lowPriority: byState((0,read_json.at)(counts, 'lowPriority')) };
}
function byState(counts) {
    const entries = Object.entries((0,read_json/* objectOf */.Xy)(counts ?? {})).map(([state, count]) => [state.toLowerCase(), count]);
    return Object.fromEntries(entries.filter(([state, count]) => state !== 'total' && typeof count === 'number'));
}
function readSupportedImage(image) {
    return (0,read_json/* defined */.sw)({
        nodeAgentSkuId: (0,read_json/* neededText */.Nd)(image, 'nodeAgentSKUId'),
        publisher: (0,read_json/* textAt */.$6)(image, 'imageReference.publisher') ?? '',
        offer: (0,read_json/* textAt */.$6)(image, 'imageReference.offer') ?? '',
        sku: (0,read_json/* textAt */.$6)(image, 'imageReference.sku') ?? '',
        version: (0,read_json/* textAt */.$6)(image, 'imageReference.version') ?? '',
        osType: (0,read_json/* textAt */.$6)(image, 'osType') ?? '',
        verified: (0,read_json/* textAt */.$6)(image, 'verificationType')?.toLowerCase() === 'verified',
        batchSupportEndOfLife: (0,read_json/* textAt */.$6)(image, 'batchSupportEndOfLife')
    });
}
function jobOnPool(job, poolName) {
    const bound = (0,read_json/* textAt */.$6)(job, 'executionInfo.poolId') ?? (0,read_json/* textAt */.$6)(job, 'poolInfo.poolId');
    return bound?.toLowerCase() === poolName.toLowerCase() ? (0,read_json/* neededText */.Nd)(job, 'id') : undefined;
}
function readTaskCount(counts) {
    return ((0,read_json/* numberAt */.tk)(counts, 'taskCounts.active') ?? 0) + ((0,read_json/* numberAt */.tk)(counts, 'taskCounts.running') ?? 0);
}

;// CONCATENATED MODULE: ./build/azure/batch-service.js





const API_VERSION = '2025-06-01';
const NODE_PROPERTIES = 'id,state,stateTransitionTime,isDedicated,affinityId,allocationTime,lastBootTime,errors,startTaskInfo,virtualMachineInfo';
const JSON_BODY = { 'content-type': 'application/json; odata=minimalmetadata' };
const RESTART_OPTIONS = {
    'task-completion': 'taskcompletion',
    requeue: 'requeue',
    terminate: 'terminate'
};
const nodePath = (poolName, nodeId) => `/pools/${encodeURIComponent(poolName)}/nodes/${encodeURIComponent(nodeId)}`;
const jobPath = (jobName) => `/jobs/${encodeURIComponent(jobName)}`;
async function unlessThere(code, sent) {
    try {
        await sent;
    }
    catch (error) {
        if (!(error instanceof errors/* AzureError */.M) || error.status !== 409 || error.code !== code)
            throw error;
    }
}
function endOf(text, { bytes, isCut }) {
    const end = text.slice(-bytes);
    return isCut || end.length < text.length ? end.slice(end.indexOf('\n') + 1 || end.length) : end;
}
function batchServiceGateway(services, signal, accountEndpoint) {
    const { url: base, client } = services.batchService(accountEndpoint);
    const line = services.line(client, signal);
    const urlOf = (path, query = {}) => {
        const pairs = Object.entries({ 'api-version': API_VERSION, ...query });
        return `${base}${path}?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
    };
    return {
        listNodes: async (poolName) => {
            const what = { operation: 'ComputeNode_List', target: poolName };
            const url = urlOf(`/pools/${encodeURIComponent(poolName)}/nodes`, { $select: NODE_PROPERTIES });
            const nodes = await ifThere(sendForAll(line, what, url));
            return view(what, () => (nodes ?? []).map(readNode));
        },
        nodeFileEnd: async (poolName, { nodeId, path, bytes }) => {
            const url = urlOf(`${nodePath(poolName, nodeId)}/files/${encodeURIComponent(path)}`);
            return fileEnd(url, { of: 'ComputeNode', target: `${poolName}/${nodeId}/${path}`, bytes });
        },
        rebootNode: async (poolName, nodeId, drain) => {
            const what = { operation: 'ComputeNode_Reboot', target: `${poolName}/${nodeId}` };
            const url = urlOf(`${nodePath(poolName, nodeId)}/reboot`);
            await send(line, what, {
                method: 'POST',
                url,
                headers: JSON_BODY,
                body: { nodeRebootOption: RESTART_OPTIONS[drain] }
            });
        },
        reimageNode: async (poolName, nodeId, drain) => {
            const what = { operation: 'ComputeNode_Reimage', target: `${poolName}/${nodeId}` };
            const url = urlOf(`${nodePath(poolName, nodeId)}/reimage`);
            await send(line, what, {
                method: 'POST',
                url,
                headers: JSON_BODY,
                body: { nodeReimageOption: RESTART_OPTIONS[drain] }
            });
        },
        removeNodes: async (poolName, { nodeIds, resizeTimeoutMs }) => {
            const what = { operation: 'Pool_RemoveNodes', target: poolName };
            const body = {
                nodeList: [...nodeIds],
                resizeTimeout: (0,iso8601/* formatIso8601 */.I)(resizeTimeoutMs),
                nodeDeallocationOption: 'requeue'
            };
            const url = urlOf(`/pools/${encodeURIComponent(poolName)}/removenodes`);
            await send(line, what, { method: 'POST', url, headers: JSON_BODY, body });
        },
        nodeCounts: async (poolName) => {
            const what = { operation: 'Account_ListPoolNodeCounts', target: poolName };
            const [counts] = await sendForAll(line, what, urlOf('/nodecounts', { $filter: `poolId eq '${poolName}'` }));
            return counts === undefined ? undefined : view(what, () => readNodeCounts(counts));
        },
        listSupportedImages: async () => {
            const what = { operation: 'Account_ListSupportedImages', target: accountEndpoint };
            const images = await sendForAll(line, what, urlOf('/supportedimages'));
            return view(what, () => images.map(readSupportedImage));
        },
        createJob: async (job) => {
            const what = { operation: 'Job_Add', target: String(job.id) };
            await unlessThere('JobExists', send(line, what, { method: 'POST', url: urlOf('/jobs'), headers: JSON_BODY, body: job }));
        },
        addTasks: async (jobName, tasks) => {
            const what = { operation: 'Task_AddCollection', target: jobName };
            const url = urlOf(`${jobPath(jobName)}/addtaskcollection`);
            const { body } = await send(line, what, { method: 'POST', url, headers: JSON_BODY, body: { value: [...tasks] } });
            const refusals = view(what, () => (0,read_json/* listAt */.gT)(body, 'value').flatMap(added => refusalOfAdded(added) ?? []));
            const refused = refusals.find(({ code }) => code !== 'TaskExists');
            if (refused !== undefined)
                throw new errors/* AzureError */.M({ ...what, ...refused, status: 400 });
        },
        listTasks: async (jobName) => {
            const what = { operation: 'Task_List', target: jobName };
            const url = urlOf(`${jobPath(jobName)}/tasks`, { $select: 'id,state,nodeInfo,executionInfo' });
            const tasks = await sendForAll(line, what, url);
            return view(what, () => tasks.map(readTask));
        },
        taskFileEnd: (jobName, { taskId, path, bytes }) => {
            const url = urlOf(`${jobPath(jobName)}/tasks/${encodeURIComponent(taskId)}/files/${encodeURIComponent(path)}`);
            return fileEnd(url, { of: 'Task', target: `${jobName}/${taskId}/${path}`, bytes });
        },
        deleteJob: async (jobName) => {
            const what = { operation: 'Job_Delete', target: jobName };
            const sent = send(line, what, { method: 'DELETE', url: urlOf(jobPath(jobName)) });
            await unlessThere('JobBeingDeleted', ifThere(sent));
        },
        activeWork: async (poolName) => {
            const what = { operation: 'Job_List', target: poolName };
            const query = { $filter: "state eq 'active'", $select: 'id,poolInfo,executionInfo' };
            const all = await sendForAll(line, what, urlOf('/jobs', query));
            const jobs = view(what, () => all.map(job => jobOnPool(job, poolName)).filter(id => id !== undefined));
            const counts = await Promise.all(jobs.map(job => countTasks(job)));
            return { jobs, tasks: counts.reduce((sum, count) => sum + count, 0) };
        }
    };
    async function fileEnd(url, { of, target, bytes }) {
        const asked = { operation: `File_GetPropertiesFrom${of}`, target };
        const size = Number((await send(line, asked, { method: 'HEAD', url })).headers.get('content-length'));
        if (!(size > 0))
            return '';
        const start = Math.max(0, size - bytes);
        const headers = { accept: PLAIN, 'ocp-range': `bytes=${start}-${size - 1}` };
        const what = { operation: `File_GetFrom${of}`, target };
        const { text } = await send(line, what, { method: 'GET', url, headers });
        return endOf(text, { bytes, isCut: start > 0 });
    }
    async function countTasks(job) {
        const what = { operation: 'Job_GetTaskCounts', target: job };
        const url = urlOf(`/jobs/${encodeURIComponent(job)}/taskcounts`);
        const answer = await ifThere(send(line, what, { method: 'GET', url }));
        return answer === undefined ? 0 : view(what, () => readTaskCount((0,read_json/* objectOf */.Xy)(answer.body)));
    }
}

;// CONCATENATED MODULE: ./build/azure/cloud.js






const NAMED = {
    AzureCloud: {
        resourceManager: 'https://management.azure.com',
        login: 'https://login.microsoftonline.com',
        batchAudience: 'https://batch.core.windows.net/',
        batchSuffix: '.batch.azure.com'
    },
    AzureUSGovernment: {
        resourceManager: 'https://management.usgovcloudapi.net',
        login: 'https://login.microsoftonline.us',
        batchAudience: 'https://batch.core.usgovcloudapi.net/',
        batchSuffix: '.batch.usgovcloudapi.net'
    },
    AzureChinaCloud: {
        resourceManager: 'https://management.chinacloudapi.cn',
        login: 'https://login.chinacloudapi.cn',
        batchAudience: 'https://batch.chinacloudapi.cn/',
        batchSuffix: '.batch.chinacloudapi.cn'
    }
};
async function findCloud(choice, ask) {
    if (choice.kind === 'named')
        return namedCloud(choice.name);
    const url = httpsUrl(choice.url, 'cloud');
    const known = Object.keys(NAMED).find(name => new URL(NAMED[name].resourceManager).host === url.host);
    if (known !== undefined)
        return namedCloud(known);
    const base = url.href.replace(/\/+$/, '');
    return cloudFromMetadata(base, await ask(`${base}/metadata/endpoints?api-version=2022-09-01`));
}
function namedCloud(name) {
    const row = NAMED[name];
    return {
        name,
        resourceManagerUrl: row.resourceManager,
        loginUrl: row.login,
        custom: false,
        scopes: { resourceManager: `${row.resourceManager}/.default`, batch: `${row.batchAudience}/.default` },
        isBatchHost: hostname => hostname.endsWith(row.batchSuffix)
    };
}
function cloudFromMetadata(resourceManagerUrl, metadata) {
    const host = new URL(resourceManagerUrl).hostname;
    const row = Array.isArray(metadata)
        ? metadata.find(entry => hostOf((0,read_json/* textAt */.$6)(entry, 'resourceManager')) === host)
        : metadata;
    if (!(0,json/* isJsonObject */.OW)(row))
        throw unusable(resourceManagerUrl, 'names no cloud of that host');
    try {
        const [audience] = (0,read_json/* listAt */.gT)(row, 'authentication.audiences');
        if (typeof audience !== 'string')
            throw new Error('authentication.audiences: missing in the answer');
        return {
            name: (0,read_json/* textAt */.$6)(row, 'name') ?? host,
            resourceManagerUrl,
            loginUrl: httpsUrl((0,read_json/* neededText */.Nd)(row, 'authentication.loginEndpoint'), 'loginEndpoint').href.replace(/\/+$/, ''),
            custom: true,
            scopes: { resourceManager: `${audience}/.default`, batch: `${(0,read_json/* neededText */.Nd)(row, 'batch')}/.default` },
            isBatchHost: hostname => hostname === host || isNeighbour(hostname, host)
        };
    }
    catch (error) {
        throw unusable(resourceManagerUrl, error.message);
    }
}
function isNeighbour(hostname, resourceManagerHost) {
    const parent = resourceManagerHost.split('.').slice(1);
    const isName = /[a-z]/i.test(parent.at(-1) ?? '');
    return isName && (parent.length > 1 || parent[0] === 'localhost') && hostname.endsWith(`.${parent.join('.')}`);
}
function hostOf(url) {
    return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;
}
function httpsUrl(text, what) {
    if (!URL.canParse(text) || new URL(text).protocol !== 'https:') {
        throw new failure/* RunError */.e4({
            reason: 'sign-in-failed',
            message: `${what}: "${text}" is not an https URL; tokens travel over https only`,
            wayOut: 'name an https URL'
        });
    }
    return new URL(text);
}
function unusable(url, what) {
    return new failure/* RunError */.e4({
        reason: 'sign-in-failed',
        message: `cloud: "${url}" can't be used: its /metadata/endpoints ${what}`,
        wayOut: 'give the URL of a Resource Manager whose /metadata/endpoints names authentication.loginEndpoint, authentication.audiences and batch'
    });
}
const METADATA_PATIENCE_MS = 20_000;
function metadataOver(httpClient, deps) {
    const { proxy, signal } = deps;
    const pipeline = (0,esm.createPipelineFromOptions)({ ...CLIENT_OPTIONS, ...(proxy && { proxyOptions: proxy }) });
    persevere(pipeline, perseverance({ ...deps, failingMs: METADATA_PATIENCE_MS }));
    return async (url) => {
        const headers = (0,esm.createHttpHeaders)({ accept: 'application/json' });
        const request = (0,esm.createPipelineRequest)({ url, headers, abortSignal: signal });
        try {
            const response = await pipeline.sendRequest(httpClient, request);
            if (response.status !== 200)
                throw new NotRead(response.status, givenUpOf(request)?.text);
            return JSON.parse(response.bodyAsText ?? '');
        }
        catch (error) {
            signal.throwIfAborted();
            const isAway = (0,esm.isRestError)(error) || (error instanceof NotRead && error.isAway);
            const isThrottled = error instanceof NotRead && error.status === 429;
            throw new failure/* RunError */.e4({
                reason: isThrottled ? 'throttled' : isAway ? 'azure-unreachable' : 'sign-in-failed',
                message: `cloud: "${url}" can't be read: ${error.message}`,
                wayOut: isThrottled ? 'run again later with the same inputs' : METADATA_WAY_OUT,
                cause: error
            });
        }
    };
}
const METADATA_WAY_OUT = 'check the URL, and that the runner reaches it (proxy, firewall, DNS); where its certificate is from a private authority, name that in NODE_EXTRA_CA_CERTS';
class NotRead extends Error {
    status;
    isAway;
    constructor(status, why) {
        super(`answered ${status}${why === undefined ? '' : `; ${why}`}`);
        this.status = status;
        this.isAway = status >= 500 || status === 429 || status === 408;
    }
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./build/azure/pacing.js
var pacing = __webpack_require__(95726);
;// CONCATENATED MODULE: ./build/azure/operation.js











const TRANSIENT = new Set([408, 429, 500, 502, 503, 504]);
function watchOf(what, first) {
    const status = first.headers.get('azure-asyncoperation') ?? first.headers.get('operation-location');
    if (status !== undefined)
        return { by: 'status', url: linkIn(what, status, first.url) };
    const location = first.headers.get('location');
    if (location !== undefined && first.status === 202)
        return { by: 'location', url: linkIn(what, location, first.url) };
    const state = (0,read_json/* textAt */.$6)(first.body, 'properties.provisioningState');
    return state === undefined || isEnd(state) ? undefined : { by: 'resource', url: first.url };
}
async function followOperation(line, what, options) {
    const { clock, first, pollIntervalMs } = options;
    const pace = (0,pacing/* pollPace */.N)({ longestMs: pollIntervalMs, now: () => clock.now() });
    let watch = watchOf(what, first);
    for (let answer = first; watch !== undefined;) {
        const askedMs = (0,retry_after/* retryAfterMs */.V)(answer.headers, answer.at);
        const waitMs = pace({ retryAfterMs: askedMs });
        if (askedMs !== undefined)
            refuseEndless(line, what, { ...options, waitMs });
        await clock.sleep(waitMs, line.signal);
        answer = await look(line, what, watch);
        watch = nextWatch(what, watch, answer);
    }
}
function refuseEndless({ signal }, what, { clock, say, waitMs }) {
    if (waitMs <= QUIET_MS)
        return;
    const at = clock.now() + waitMs;
    const endsAt = (0,time_limit/* endOf */.pJ)(signal);
    const asks = `${what.operation} of ${what.target} is under way, and Azure asks to look again in ${(0,elapsed/* elapsedText */.Q)(waitMs)}, at ${(0,utc/* utcSeconds */.k)(at)}`;
    if (endsAt !== undefined && at >= endsAt) {
        const wayOut = `run again after ${(0,utc/* utcSeconds */.k)(at)} with the same inputs, or give the run longer (deadline)`;
        throw new failure/* RunError */.e4({
            reason: 'deadline-exceeded',
            message: `${asks}; this run ends at ${(0,utc/* utcSeconds */.k)(endsAt)}`,
            wayOut
        });
    }
    say(asks);
}
async function failureOf(line, what, watch) {
    if (watch === undefined)
        return undefined;
    try {
        nextWatch(what, watch, await look(line, what, watch));
        return undefined;
    }
    catch (error) {
        if (isTransient(error))
            return undefined;
        if (!(error instanceof errors/* AzureError */.M))
            throw error;
        if (error.status === undefined || watch.by === 'location')
            return error;
        if (error.status === 404)
            return undefined;
        throw error;
    }
}
function look(line, what, watch) {
    return send(line, what, { method: 'GET', url: watch.url });
}
function nextWatch(what, watch, answer) {
    if (watch.by === 'location') {
        if (answer.status !== 202)
            return undefined;
        return { by: 'location', url: linkIn(what, answer.headers.get('location') ?? watch.url, watch.url) };
    }
    const status = (0,read_json/* textAt */.$6)(answer.body, watch.by === 'status' ? 'status' : 'properties.provisioningState');
    if (status === undefined) {
        if (watch.by === 'status')
            throw unexpected(what, `${answer.status} and no status to a poll`);
        return undefined;
    }
    if (!isEnd(status))
        return watch;
    if (status.toLowerCase() === 'succeeded')
        return undefined;
    throw ended(what, status, answer);
}
function isEnd(status) {
    return ['succeeded', 'failed', 'canceled', 'cancelled'].includes(status.toLowerCase());
}
function ended(what, status, { body, headers }) {
    const said = (0,read_json.at)(body, 'error') ?? (0,read_json.at)(body, 'properties.error');
    const facts = said === undefined
        ? { code: status, message: 'the operation ended so, without saying why', details: [] }
        : readError(said, 200);
    const requestId = headers.get('x-ms-request-id');
    return new errors/* AzureError */.M({ ...what, ...facts, ...(requestId === undefined ? {} : { requestId }) });
}
function isTransient(error) {
    if (!(error instanceof errors/* AzureError */.M))
        return false;
    return error.status === undefined
        ? error.cause !== undefined && error.code !== 'UnexpectedAnswer'
        : TRANSIENT.has(error.status);
}

;// CONCATENATED MODULE: ./build/azure/read/source.js




const CACHING = ['None', 'ReadOnly', 'ReadWrite'];
function readSource({ vm, extensions, disks }) {
    const profile = (0,read_json.at)(vm, 'properties.storageProfile');
    return (0,read_json/* defined */.sw)({
        input: 'source-vm',
        id: (0,arm_id/* parseArmId */.fk)((0,read_json/* neededText */.Nd)(vm, 'id'), 'Microsoft.Compute/virtualMachines'),
        location: (0,region/* regionName */.g)((0,read_json/* neededText */.Nd)(vm, 'location')),
        ...readVm(vm),
        osType: (0,read_json/* neededOneOf */.Ng)(profile, 'osDisk.osType', ['Linux', 'Windows']),
        securityType: (0,read_json/* textAt */.$6)(vm, 'properties.securityProfile.securityType'),
        imageReference: readImageReference((0,read_json.at)(profile, 'imageReference')),
        plan: readPlan((0,read_json.at)(vm, 'plan')),
        extensions: extensions.map(readExtension),
        osDisk: readSourceDisk((0,read_json.at)(profile, 'osDisk'), disks),
        dataDisks: (0,read_json/* listAt */.gT)(profile, 'dataDisks').map(disk => ({
            ...readSourceDisk(disk, disks),
            lun: (0,read_json/* neededNumber */.fV)(disk, 'lun')
        }))
    });
}
function readVm(vm) {
    const statuses = (0,read_json/* listAt */.gT)(vm, 'properties.instanceView.statuses').map(status => (0,read_json/* textAt */.$6)(status, 'code') ?? '');
    return (0,read_json/* defined */.sw)({
        tags: (0,read_json/* recordAt */.zR)(vm, 'tags'),
        etag: (0,read_json/* textAt */.$6)(vm, 'etag'),
        provisioningState: (0,read_json/* textAt */.$6)(vm, 'properties.provisioningState'),
        generalized: statuses.some(code => code.toLowerCase() === 'osstate/generalized'),
        powerState: statuses.find(code => /^powerstate\//i.test(code))?.slice('PowerState/'.length)
    });
}
function diskIdsOf(vm) {
    const profile = (0,read_json.at)(vm, 'properties.storageProfile');
    const attached = [(0,read_json.at)(profile, 'osDisk'), ...(0,read_json/* listAt */.gT)(profile, 'dataDisks')];
    return attached.map(diskIdOf).filter(id => id !== undefined);
}
function readDisk(disk) {
    const properties = (0,read_json.at)(disk, 'properties');
    return (0,read_json/* defined */.sw)({
        diskId: (0,arm_id/* parseArmId */.fk)((0,read_json/* neededText */.Nd)(disk, 'id'), 'Microsoft.Compute/disks'),
        location: (0,region/* regionName */.g)((0,read_json/* neededText */.Nd)(disk, 'location')),
        sizeGB: (0,read_json/* numberAt */.tk)(properties, 'diskSizeGB'),
        sku: (0,read_json/* textAt */.$6)(disk, 'sku.name'),
        hyperVGeneration: (0,read_json/* oneOf */.yL)(properties, 'hyperVGeneration', ['V1', 'V2']),
        architecture: (0,read_json/* oneOf */.yL)(properties, 'supportedCapabilities.architecture', ['x64', 'Arm64']),
        securityType: (0,read_json/* textAt */.$6)(properties, 'securityProfile.securityType'),
        azureDiskEncryption: (0,read_json/* booleanAt */.CR)(properties, 'encryptionSettingsCollection.enabled') ?? false,
        purchasePlan: readPlan((0,read_json.at)(properties, 'purchasePlan'))
    });
}
function readPlan(plan) {
    const view = (0,read_json/* defined */.sw)({
        publisher: (0,read_json/* textAt */.$6)(plan, 'publisher'),
        name: (0,read_json/* textAt */.$6)(plan, 'name'),
        product: (0,read_json/* textAt */.$6)(plan, 'product')
    });
    return Object.keys(view).length === 0 ? undefined : view;
}
function readSourceDisk(disk, disks) {
    const diskId = diskIdOf(disk);
    return (0,read_json/* defined */.sw)({
        diskId,
        name: (0,read_json/* textAt */.$6)(disk, 'name') ?? '',
        caching: (0,read_json/* oneOf */.yL)(disk, 'caching', CACHING) ?? 'None',
        ephemeral: (0,read_json.at)(disk, 'diffDiskSettings') === undefined ? undefined : true,
        disk: diskId === undefined ? undefined : disks.get(diskId)
    });
}
function diskIdOf(disk) {
    const id = (0,read_json/* textAt */.$6)(disk, 'managedDisk.id');
    return id === undefined ? undefined : (0,arm_id/* parseArmId */.fk)(id, 'Microsoft.Compute/disks');
}
function readImageReference(reference) {
    if (!(0,json/* isJsonObject */.OW)(reference))
        return undefined;
    return (0,read_json/* defined */.sw)({
        publisher: (0,read_json/* textAt */.$6)(reference, 'publisher'),
        offer: (0,read_json/* textAt */.$6)(reference, 'offer'),
        sku: (0,read_json/* textAt */.$6)(reference, 'sku'),
        version: (0,read_json/* textAt */.$6)(reference, 'version'),
        exactVersion: (0,read_json/* textAt */.$6)(reference, 'exactVersion'),
        id: (0,read_json/* textAt */.$6)(reference, 'id') ??
            (0,read_json/* textAt */.$6)(reference, 'sharedGalleryImageId') ??
            (0,read_json/* textAt */.$6)(reference, 'communityGalleryImageId')
    });
}
function readExtension(extension) {
    return {
        name: (0,read_json/* textAt */.$6)(extension, 'name') ?? '',
        publisher: (0,read_json/* textAt */.$6)(extension, 'properties.publisher') ?? '',
        type: (0,read_json/* textAt */.$6)(extension, 'properties.type') ?? ''
    };
}

;// CONCATENATED MODULE: ./build/azure/read/image.js




const OS_TYPES = ['Linux', 'Windows'];
const OS_STATES = ['Generalized', 'Specialized'];
const GENERATIONS = ['V1', 'V2'];
function stateOf(resource) {
    const state = (0,read_json/* neededText */.Nd)(resource, 'properties.provisioningState');
    return state === 'Canceled' ? 'Failed' : state;
}
function readSnapshot(snapshot) {
    return (0,read_json/* defined */.sw)({
        snapshotId: (0,arm_id/* parseArmId */.fk)((0,read_json/* neededText */.Nd)(snapshot, 'id'), 'Microsoft.Compute/snapshots'),
        location: (0,region/* regionName */.g)((0,read_json/* neededText */.Nd)(snapshot, 'location')),
        tags: (0,read_json/* recordAt */.zR)(snapshot, 'tags'),
        sourceResourceId: (0,read_json/* textAt */.$6)(snapshot, 'properties.creationData.sourceResourceId'),
        provisioningState: stateOf(snapshot),
        timeCreated: (0,read_json/* textAt */.$6)(snapshot, 'properties.timeCreated'),
        incremental: (0,read_json/* booleanAt */.CR)(snapshot, 'properties.incremental'),
        completionPercent: (0,read_json/* numberAt */.tk)(snapshot, 'properties.completionPercent')
    });
}
function readManagedImage(image) {
    const profile = (0,read_json.at)(image, 'properties.storageProfile');
    const disks = [(0,read_json.at)(profile, 'osDisk'), ...(0,read_json/* listAt */.gT)(profile, 'dataDisks')];
    return (0,read_json/* defined */.sw)({
        imageId: (0,arm_id/* parseArmId */.fk)((0,read_json/* neededText */.Nd)(image, 'id'), 'Microsoft.Compute/images'),
        location: (0,region/* regionName */.g)((0,read_json/* neededText */.Nd)(image, 'location')),
        tags: (0,read_json/* recordAt */.zR)(image, 'tags'),
        provisioningState: stateOf(image),
        osType: (0,read_json/* oneOf */.yL)(profile, 'osDisk.osType', OS_TYPES),
        osState: (0,read_json/* oneOf */.yL)(profile, 'osDisk.osState', OS_STATES),
        hyperVGeneration: (0,read_json/* oneOf */.yL)(image, 'properties.hyperVGeneration', GENERATIONS),
        dataLuns: (0,read_json/* listAt */.gT)(profile, 'dataDisks')
            .map(disk => (0,read_json/* numberAt */.tk)(disk, 'lun'))
            .filter(lun => lun !== undefined),
        snapshotIds: disks.map(disk => (0,read_json/* textAt */.$6)(disk, 'snapshot.id')).filter(id => id !== undefined),
        sourceVmId: (0,read_json/* textAt */.$6)(image, 'properties.sourceVirtualMachine.id')
    });
}
function readGalleryImage(image) {
    const properties = (0,read_json.at)(image, 'properties');
    const features = (0,read_json/* listAt */.gT)(properties, 'features').map(feature => [
        (0,read_json/* textAt */.$6)(feature, 'name') ?? '',
        (0,read_json/* textAt */.$6)(feature, 'value') ?? ''
    ]);
    return (0,read_json/* defined */.sw)({
        galleryImageId: (0,arm_id/* parseArmId */.fk)((0,read_json/* neededText */.Nd)(image, 'id'), 'Microsoft.Compute/galleries/images'),
        location: (0,region/* regionName */.g)((0,read_json/* neededText */.Nd)(image, 'location')),
        osType: (0,read_json/* neededOneOf */.Ng)(properties, 'osType', OS_TYPES),
        osState: (0,read_json/* neededOneOf */.Ng)(properties, 'osState', OS_STATES),
        hyperVGeneration: (0,read_json/* oneOf */.yL)(properties, 'hyperVGeneration', GENERATIONS) ?? 'V1',
        architecture: (0,read_json/* oneOf */.yL)(properties, 'architecture', ['x64', 'Arm64']) ?? 'x64',
        features: Object.fromEntries(features),
        identifier: {
            publisher: (0,read_json/* neededText */.Nd)(properties, 'identifier.publisher'),
            offer: (0,read_json/* neededText */.Nd)(properties, 'identifier.offer'),
            sku: (0,read_json/* neededText */.Nd)(properties, 'identifier.sku')
        },
        purchasePlan: readPlan((0,read_json.at)(properties, 'purchasePlan')),
        provisioningState: (0,read_json/* textAt */.$6)(properties, 'provisioningState'),
        tags: (0,read_json/* recordAt */.zR)(image, 'tags')
    });
}
function readGalleryImageVersion(version) {
    const profile = (0,read_json.at)(version, 'properties.publishingProfile');
    const replicas = (0,read_json/* numberAt */.tk)(profile, 'replicaCount') ?? 1;
    return (0,read_json/* defined */.sw)({
        versionId: (0,arm_id/* parseArmId */.fk)((0,read_json/* neededText */.Nd)(version, 'id'), 'Microsoft.Compute/galleries/images/versions'),
        location: (0,region/* regionName */.g)((0,read_json/* neededText */.Nd)(version, 'location')),
        tags: (0,read_json/* recordAt */.zR)(version, 'tags'),
        provisioningState: stateOf(version),
        excludeFromLatest: (0,read_json/* booleanAt */.CR)(profile, 'excludeFromLatest') ?? false,
        replicationMode: (0,read_json/* textAt */.$6)(profile, 'replicationMode'),
        publishedAt: (0,read_json/* textAt */.$6)(profile, 'publishedDate'),
        endOfLifeDate: (0,read_json/* textAt */.$6)(profile, 'endOfLifeDate'),
        targetRegions: (0,read_json/* listAt */.gT)(profile, 'targetRegions').map(target => ({
            region: (0,region/* regionName */.g)((0,read_json/* neededText */.Nd)(target, 'name')),
            replicas: (0,read_json/* numberAt */.tk)(target, 'regionalReplicaCount') ?? replicas
        })),
        replication: readReplication((0,read_json.at)(version, 'properties.replicationStatus')),
        body: (0,read_json/* objectOf */.Xy)(version)
    });
}
function readReplication(status) {
    if (status === undefined)
        return undefined;
    return {
        aggregatedState: (0,read_json/* textAt */.$6)(status, 'aggregatedState') ?? 'Unknown',
        regions: (0,read_json/* listAt */.gT)(status, 'summary').map(summary => (0,read_json/* defined */.sw)({
            region: (0,region/* regionName */.g)((0,read_json/* neededText */.Nd)(summary, 'region')),
            state: (0,read_json/* textAt */.$6)(summary, 'state') ?? 'Unknown',
            progress: (0,read_json/* numberAt */.tk)(summary, 'progress') ?? 0,
            details: (0,read_json/* textAt */.$6)(summary, 'details') || undefined
        }))
    };
}

;// CONCATENATED MODULE: ./build/azure/compute.js










function computeGateway(services, signal) {
    const lineTo = (id) => services.line(services.compute((0,arm_id/* subscriptionOf */.XD)(id)), signal);
    const put = async (what, id, { body, apiVersion }) => {
        const url = armUrl(services.cloud.resourceManagerUrl, id, { apiVersion });
        const first = await send(lineTo(id), what, { method: 'PUT', url, body });
        await followOperation(lineTo(id), what, { ...services, first });
    };
    const getVm = async (id) => {
        const what = { operation: 'VirtualMachines_Get', target: (0,arm_id/* nameOf */.Vb)(id) };
        const client = services.compute((0,arm_id/* subscriptionOf */.XD)(id));
        const answer = await ifThere(throughSdk(lineTo(id), what, options => client.virtualMachines.get((0,arm_id/* resourceGroupOf */.Tp)(id), (0,arm_id/* nameOf */.Vb)(id), { ...options, expand: 'instanceView' })));
        return answer && view(what, () => ({ ...readVm((0,read_json/* objectOf */.Xy)(answer.body)), ...azureTimeOf(answer, services.clock) }));
    };
    const power = async (id, operation, verb) => {
        const what = { operation, target: (0,arm_id/* nameOf */.Vb)(id) };
        const client = services.compute((0,arm_id/* subscriptionOf */.XD)(id));
        const first = await throughSdk(lineTo(id), what, options => client.virtualMachines[verb]((0,arm_id/* resourceGroupOf */.Tp)(id), (0,arm_id/* nameOf */.Vb)(id), options).submitted());
        await followOperation(lineTo(id), what, { ...services, first });
    };
    return {
        getSource: vmId => getSource(services, signal, vmId),
        getVm,
        setVmTags: async (id, tags, etag) => {
            const what = { operation: 'VirtualMachines_Update', target: (0,arm_id/* nameOf */.Vb)(id) };
            const url = armUrl(services.cloud.resourceManagerUrl, id, { apiVersion: COMPUTE_VERSION });
            const headers = etag === undefined ? {} : { 'if-match': etag };
            try {
                const first = await send(lineTo(id), what, { method: 'PATCH', url, body: { tags }, headers });
                await followOperation(lineTo(id), what, { ...services, first });
            }
            catch (error) {
                const mayBeOurs = error instanceof errors/* AzureError */.M && error.status === 412 && error.tries > 1;
                if (!mayBeOurs || !(0,external_node_util_.isDeepStrictEqual)((await getVm(id))?.tags, tags))
                    throw error;
            }
        },
        deallocateVm: id => power(id, 'VirtualMachines_Deallocate', 'deallocate'),
        startVm: id => power(id, 'VirtualMachines_Start', 'start'),
        listSnapshots: async (subscriptionId, resourceGroup) => {
            const what = { operation: 'Snapshots_ListByResourceGroup', target: resourceGroup };
            const anyId = (0,arm_id/* armId */.Kk)(subscriptionId, resourceGroup, 'Microsoft.Compute/snapshots', '');
            const url = armUrl(services.cloud.resourceManagerUrl, anyId.replace(/\/$/, ''), { apiVersion: DISKS_VERSION });
            const snapshots = await ifThere(sendForAll(services.line(services.compute(subscriptionId), signal), what, url));
            return view(what, () => (snapshots ?? []).map(readSnapshot));
        },
        getSnapshot: async (id) => {
            const what = { operation: 'Snapshots_Get', target: (0,arm_id/* nameOf */.Vb)(id) };
            const client = services.compute((0,arm_id/* subscriptionOf */.XD)(id));
            const answer = await ifThere(throughSdk(lineTo(id), what, options => client.snapshots.get((0,arm_id/* resourceGroupOf */.Tp)(id), (0,arm_id/* nameOf */.Vb)(id), options)));
            return answer && view(what, () => readSnapshot((0,read_json/* objectOf */.Xy)(answer.body)));
        },
        createSnapshot: (id, body) => put({ operation: 'Snapshots_CreateOrUpdate', target: (0,arm_id/* nameOf */.Vb)(id) }, id, { body, apiVersion: DISKS_VERSION }),
        deleteSnapshot: async (id) => {
            const what = { operation: 'Snapshots_Delete', target: (0,arm_id/* nameOf */.Vb)(id) };
            const client = services.compute((0,arm_id/* subscriptionOf */.XD)(id));
            const first = await ifThere(throughSdk(lineTo(id), what, options => client.snapshots.delete((0,arm_id/* resourceGroupOf */.Tp)(id), (0,arm_id/* nameOf */.Vb)(id), options).submitted()));
            if (first !== undefined)
                await ifThere(followOperation(lineTo(id), what, { ...services, first }));
        },
        getManagedImage: async (id) => {
            const what = { operation: 'Images_Get', target: (0,arm_id/* nameOf */.Vb)(id) };
            const client = services.compute((0,arm_id/* subscriptionOf */.XD)(id));
            const answer = await ifThere(throughSdk(lineTo(id), what, options => client.images.get((0,arm_id/* resourceGroupOf */.Tp)(id), (0,arm_id/* nameOf */.Vb)(id), options)));
            return answer && view(what, () => readManagedImage((0,read_json/* objectOf */.Xy)(answer.body)));
        },
        createManagedImage: (id, body) => put({ operation: 'Images_CreateOrUpdate', target: (0,arm_id/* nameOf */.Vb)(id) }, id, { body, apiVersion: COMPUTE_VERSION })
    };
}
async function getSource(services, signal, vmId) {
    const client = services.compute((0,arm_id/* subscriptionOf */.XD)(vmId));
    const line = services.line(client, signal);
    const [group, name] = [(0,arm_id/* resourceGroupOf */.Tp)(vmId), (0,arm_id/* nameOf */.Vb)(vmId)];
    const what = { operation: 'VirtualMachines_Get', target: name };
    const listing = { operation: 'VirtualMachineExtensions_List', target: name };
    const [vm, extensions] = await Promise.all([
        ifThere(throughSdk(line, what, options => client.virtualMachines.get(group, name, { ...options, expand: 'instanceView' }))),
        ifThere(throughSdk(line, listing, options => client.virtualMachineExtensions.list(group, name, options)))
    ]);
    if (vm === undefined)
        return undefined;
    const time = azureTimeOf(vm, services.clock);
    const disks = await getDisks(services, signal, view(what, () => diskIdsOf((0,read_json/* objectOf */.Xy)(vm.body))));
    return view(what, () => ({
        ...readSource({ vm: (0,read_json/* objectOf */.Xy)(vm.body), extensions: (0,read_json/* listAt */.gT)(extensions?.body, 'value'), disks }),
        ...time
    }));
}
async function getDisks(services, signal, ids) {
    const read = async (id) => {
        const client = services.compute((0,arm_id/* subscriptionOf */.XD)(id));
        const line = services.line(client, signal);
        const what = { operation: 'Disks_Get', target: (0,arm_id/* nameOf */.Vb)(id) };
        const answer = await ifThere(throughSdk(line, what, options => client.disks.get((0,arm_id/* resourceGroupOf */.Tp)(id), (0,arm_id/* nameOf */.Vb)(id), options)));
        return answer && [id, view(what, () => readDisk((0,read_json/* objectOf */.Xy)(answer.body)))];
    };
    const found = await Promise.all(ids.map(read));
    return new Map(found.filter(entry => entry !== undefined));
}

// EXTERNAL MODULE: ./build/shared/text.js
var shared_text = __webpack_require__(89853);
// EXTERNAL MODULE: ./build/azure/sign-in/github-id-token.js
var github_id_token = __webpack_require__(40555);
// EXTERNAL MODULE: ./build/azure/sign-in/jwt.js
var jwt = __webpack_require__(1449);
;// CONCATENATED MODULE: ./build/azure/sign-in/federated-credential.js
function registrationOf({ audience, issuer, otherForm, subject }, clientId) {
    const name = credentialName(subject);
    const parameters = JSON.stringify({ name, issuer, subject, audiences: [audience] });
    return [
        `GitHub sent the subject "${subject}", issuer "${issuer}", audience "${audience}"`,
        ...(otherForm === undefined
            ? []
            : [`a credential that was made for "${otherForm}" does not match it: ${whySo(subject)}`]),
        `on an application: az ad app federated-credential create --id ${clientId} --parameters ${quoted(parameters)}`,
        `on a managed identity: az identity federated-credential create --resource-group GROUP --identity-name IDENTITY --name ${name} --issuer ${quoted(issuer)} --subject ${quoted(subject)} --audiences ${quoted(audience)}`
    ];
}
function whySo(subject) {
    return /^repo:[^/:]+@\d+\//.test(subject)
        ? 'this repository sends immutable subjects, with the numbers of owner and repository'
        : 'this repository sends subjects without the numbers of owner and repository (its OIDC settings can change that)';
}
function credentialName(subject) {
    const words = subject.replaceAll(/@\d+/g, '').replaceAll(/[^A-Za-z0-9]+/g, '-');
    return `github-${words}`.slice(0, 120).replace(/-+$/, '');
}
function quoted(text) {
    return `'${text.replaceAll("'", "'\\''")}'`;
}

;// CONCATENATED MODULE: ./build/azure/sign-in/sign-in-error.js







const REGISTER = 'register the subject that GitHub sent: a federated credential must name issuer, subject and audience letter by letter';
const HINTS = [
    [
        /AADSTS700016\b/,
        {
            wayOut: 'check client-id and tenant-id: that tenant knows no application with that client id (the object id is another)'
        }
    ],
    [/AADSTS90002\b/, { wayOut: 'check tenant-id, and that the cloud is the one where that tenant lives' }],
    [
        /AADSTS500011\b/,
        {
            wayOut: 'check cloud and tenant-id: that tenant has no such service; for Batch, register the resource provider Microsoft.Batch in the subscription'
        }
    ],
    [
        /AADSTS700024\b/,
        {
            wayOut: "run again; if it comes back, check the runner's clock and its way to Entra (a proxy that delays, a machine that slept), and on GitHub Enterprise Server that server's clock",
            details: ({ from, until }) => [`GitHub's ID token was good from ${(0,utc/* utc */.n)(from)} until ${(0,utc/* utc */.n)(until)}, by its clock`]
        }
    ],
    [
        /AADSTS7002138\b/,
        {
            wayOut: `${REGISTER}; here one differs in upper and lower case only: correct that one, or add this`,
            details: registrationOf
        }
    ],
    [/AADSTS(700211|700212|700213|70021)\b/, { wayOut: REGISTER, details: registrationOf }],
    [
        /AADSTS53003\b/,
        {
            wayOut: 'a conditional access policy refuses this sign-in: ask the administrators of the tenant to let the runner’s addresses in, or use a runner inside of them'
        }
    ],
    [
        /endpoints_resolution_error/,
        {
            wayOut: "the login endpoint can't be read: where its certificate is from a private authority, name that in NODE_EXTRA_CA_CERTS"
        }
    ]
];
function signInFailed(error, facts) {
    const { answer, idToken, scope, who } = facts;
    if (error instanceof failure/* RunError */.e4)
        return error;
    const audience = scope.replace(/\/+\.default$/, '');
    const account = who.kind === 'github-oidc' ? `client "${who.clientId}" in tenant "${who.tenantId}"` : 'the credentials found here';
    const text = /AADSTS\d/.test((0,shared_text/* messageOf */.bD)(error)) ? (0,shared_text/* messageOf */.bD)(error) : (answer?.says ?? (0,shared_text/* messageOf */.bD)(error));
    if (facts.isAway === true && answer !== undefined)
        return away(`no token for ${audience} as ${account}`, answer, text);
    const tried = waysTried(error);
    const hint = HINTS.find(([code]) => code.test(text))?.[1];
    const details = idToken !== undefined && who.kind === 'github-oidc' ? hint?.details?.(idToken, who.clientId) : undefined;
    const why = tried.length > 0 ? `none of the ${tried.length} ways worked` : shortened(text);
    return new failure/* RunError */.e4({
        reason: 'sign-in-failed',
        message: `no token for ${audience} as ${account}: ${why}`,
        wayOut: hint?.wayOut ?? fallback(who),
        details: details ?? tried
    });
}
function away(noToken, { host = 'the login endpoint', status, code, retryAfterMs }, text) {
    const asks = retryAfterMs === undefined ? '' : `, and asks to wait ${(0,elapsed/* elapsedText */.Q)(retryAfterMs)}`;
    if (status === 429) {
        const wayOut = 'run again later with the same inputs; see what else signs in as this application, or from this address';
        return new failure/* RunError */.e4({
            reason: 'throttled',
            message: `${noToken}: ${host} refuses it for too many requests (429)${asks}`,
            wayOut
        });
    }
    const answered = status === undefined ? `${host} doesn’t answer (${code ?? shortened(text)})` : `${host} answered ${status}${asks}`;
    return new failure/* RunError */.e4({
        reason: 'azure-unreachable',
        message: `${noToken}: ${answered}`,
        wayOut: 'see whether the runner reaches it (proxy, firewall, DNS), and Azure’s status page, then run again with the same inputs'
    });
}
function fallback(who) {
    return who.kind === 'github-oidc'
        ? 'check client-id, tenant-id and the federated credential of the application'
        : 'give client-id and tenant-id, or sign in before (az login, a managed identity, or the environment variables of Azure Identity)';
}
function waysTried(error) {
    const errors = error instanceof Error && 'errors' in error ? error.errors : undefined;
    return Array.isArray(errors) ? errors.map(each => withoutAdvice(shortened((0,shared_text/* messageOf */.bD)(each)))) : [];
}
function withoutAdvice(line) {
    const [said] = line.split(/\.? (?:To troubleshoot|Please visit|More details|See https?:)/i);
    return (0,plain_text/* cut */.Jj)(said ?? line, 200);
}
function idTokenFailed(error, job, now) {
    const status = error instanceof github_id_token/* IdTokenError */.Z ? error.status : undefined;
    const { message, wayOut } = noIdToken({ text: (0,shared_text/* messageOf */.bD)(error), status }, job, now);
    return new failure/* RunError */.e4({ reason: 'sign-in-failed', message: `no ID token from GitHub: ${message}`, wayOut });
}
function noIdToken({ text, status }, job, now) {
    if (!job.mayAskForIdTokens || /Unable to get ACTIONS_ID_TOKEN/.test(text))
        return mayNotAsk(job, shortened(text));
    const { asksUntil } = job;
    if (asksUntil !== undefined && now >= asksUntil - CLOCKS_DIFFER_MS && isRefusal(status)) {
        return {
            message: `this job could ask for one until ${(0,utc/* utc */.n)(asksUntil)}, about 6 hours 10 minutes from its start`,
            wayOut: 'run again with the same inputs; let the run begin earlier in its job, or without client-id on a runner that has a managed identity'
        };
    }
    return {
        message: shortened(text),
        wayOut: isRefusal(status)
            ? 'give the job the permission "id-token: write"; without client-id, the credentials found on the machine are used'
            : 'see GitHub’s status page and the runner’s way to GitHub, and run again'
    };
}
function mayNotAsk({ fork, inGitHub }, text) {
    if (fork !== undefined) {
        return {
            message: `the pull request comes from the fork "${fork}", and GitHub gives jobs of forks none`,
            wayOut: 'run this job for pull requests from branches of this repository only, or after the merge; a job for forks has no way to sign in, and should have none'
        };
    }
    return {
        message: `this job may not ask for one (${text})`,
        wayOut: inGitHub
            ? 'give the job the permission "id-token: write", in a reusable workflow the calling job too; without client-id, the credentials found on the machine are used'
            : 'this is no job of GitHub: without client-id, the credentials found on the machine are used; in a job, the permission "id-token: write" lets it ask'
    };
}
const CLOCKS_DIFFER_MS = 5 * 60_000;
function isRefusal(status) {
    return status === 400 || status === 401 || status === 403;
}
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/;
function mayPass(error, answer, works) {
    if (/AADSTS90033\b/.test((0,shared_text/* messageOf */.bD)(error)))
        return true;
    const { code, status } = answer ?? {};
    if (status === undefined)
        return works && !UNTRUSTED.test(code ?? '');
    return status === 200 || status === 408 || status === 429 || status >= 500;
}
function shortened(text) {
    const [sentence] = /AADSTS\d+:.*?(?=\s*(?:Trace ID|Correlation ID|Timestamp|- Correlation ID):|[\r\n]|$)/s.exec(text) ?? [];
    return (0,plain_text/* cut */.Jj)((sentence ?? text).replaceAll(/\s+/g, ' ').trim(), 600);
}

;// CONCATENATED MODULE: ./build/azure/sign-in/id-token.js



const ID_TOKEN_KEPT_MS = 10_000;
function keepIdToken({ audience, clock, getIdToken, job }) {
    let kept;
    let failure;
    let facts;
    const ask = async () => {
        failure = undefined;
        try {
            const token = await getIdToken(audience);
            facts = (0,jwt/* factsOf */.x)(token);
            return token;
        }
        catch (error) {
            kept = undefined;
            failure = { error: idTokenFailed(error, job, clock.now()), mayPass: true };
            if (error instanceof github_id_token/* IdTokenError */.Z)
                failure = { ...failure, mayPass: error.mayPass, retryAfterMs: error.retryAfterMs };
            if (!job.mayAskForIdTokens)
                failure.mayPass = false;
            throw failure.error;
        }
    };
    return {
        get: () => {
            if (kept === undefined || kept.until <= clock.now())
                kept = { until: clock.now() + ID_TOKEN_KEPT_MS, token: ask() };
            return kept.token;
        },
        failure: () => failure,
        facts: () => facts,
        drop: () => void (kept = undefined)
    };
}

;// CONCATENATED MODULE: ./build/azure/sign-in/credential.js








const RENEW_BEFORE_END_MS = 10 * 60_000;
const LAST_USE_BEFORE_END_MS = 60_000;
const TRY_RENEWAL_EVERY_MS = 60_000;
const credential_WAITS_MS = [5_000, 15_000, 45_000, 60_000];
const FIRST_WAITS_MS = [2_000, 5_000, 15_000];
async function signIn(deps) {
    const { ClientAssertionCredential, DefaultAzureCredential } = await __webpack_require__.e(/* import() */ 563).then(__webpack_require__.bind(__webpack_require__, 25563));
    const { cloud, job, proxy, signIn: who } = deps;
    const { httpClient, said } = watched(deps.httpClient, deps.clock);
    const options = {
        authorityHost: cloud.loginUrl,
        disableInstanceDiscovery: cloud.custom,
        httpClient,
        ...(proxy && { proxyOptions: proxy })
    };
    const keeping = { ...deps, who, said };
    if (who.kind === 'default') {
        const tenant = who.tenantId === undefined ? {} : { tenantId: who.tenantId };
        const credential = new DefaultAzureCredential({ ...options, ...tenant });
        return keepTokens({ ...keeping, makeCredential: () => credential });
    }
    const idTokens = keepIdToken({ ...deps, audience: who.audience });
    const once = { ...options, retryOptions: { maxRetries: 0 } };
    return keepTokens({
        ...keeping,
        makeCredential: () => new ClientAssertionCredential(who.tenantId, who.clientId, idTokens.get, once),
        idTokens,
        ...(job.asksUntil === undefined ? {} : { asksUntil: job.asksUntil })
    });
}
function watched(inner, clock) {
    let last;
    return {
        said: () => last,
        httpClient: {
            sendRequest: async (request) => {
                const { host } = new URL(request.url);
                try {
                    const response = await inner.sendRequest(request);
                    const { status, headers } = response;
                    last = { host, status, retryAfterMs: (0,retry_after/* retryAfterMs */.V)(headers, clock.now()), says: refusalIn(response) };
                    for (const name of ['retry-after', 'retry-after-ms', 'x-ms-retry-after-ms'])
                        headers.delete(name);
                    return response;
                }
                catch (error) {
                    last = { host, code: (0,esm.isRestError)(error) ? error.code : undefined };
                    throw error;
                }
            }
        }
    };
}
function refusalIn({ status, bodyAsText }) {
    if (status < 400)
        return undefined;
    const [said] = /AADSTS\d+:(?:[^"\\]|\\.)*/.exec(bodyAsText ?? '') ?? [];
    return said?.replaceAll(/\\[rn]/g, '\n');
}
function keepTokens(deps) {
    const { clock } = deps;
    const kept = new Map();
    const asked = new Map();
    const ask = asker(deps);
    const renew = async (scope) => {
        const present = kept.get(scope);
        const usable = present !== undefined && clock.now() < present.expiresOnTimestamp - LAST_USE_BEFORE_END_MS;
        try {
            const token = await ask(scope, { patient: !usable });
            kept.set(scope, { ...token, renewAt: renewalOf(token, deps) });
            return token.token;
        }
        catch (error) {
            if (!usable)
                throw error;
            kept.set(scope, { ...present, renewAt: clock.now() + TRY_RENEWAL_EVERY_MS });
            return present.token;
        }
    };
    const get = async (scope) => {
        const present = kept.get(scope);
        if (present !== undefined && clock.now() < present.renewAt)
            return present.token;
        const request = asked.get(scope) ?? renew(scope).finally(() => asked.delete(scope));
        asked.set(scope, request);
        return request;
    };
    let calledLast = false;
    const callLast = () => {
        if (calledLast || clock.now() < lastCallOf(deps))
            return;
        calledLast = true;
        for (const scope of kept.keys())
            void get(scope).catch(() => undefined);
    };
    return {
        get: scope => {
            callLast();
            return get(scope);
        },
        drop: (scope, token) => {
            if (kept.get(scope)?.token === token)
                kept.delete(scope);
        }
    };
}
function lastCallOf({ asksUntil = Infinity }) {
    return asksUntil - RENEW_BEFORE_END_MS;
}
function renewalOf({ expiresOnTimestamp }, deps) {
    const now = deps.clock.now();
    const renewAt = expiresOnTimestamp - Math.min(RENEW_BEFORE_END_MS, (expiresOnTimestamp - now) / 2);
    const lastCall = lastCallOf(deps);
    return now < lastCall ? Math.min(renewAt, lastCall) : renewAt;
}
function asker({ clock, hide, idTokens, makeCredential, said, say, signal, who }) {
    let current;
    let hadOne = false;
    const once = async (scope) => {
        if (current === undefined || current.scopes.has(scope)) {
            current = { credential: makeCredential(), scopes: new Set() };
        }
        current.scopes.add(scope);
        const token = await current.credential.getToken(scope);
        if (token === null)
            throw new Error('no token was given');
        hide?.(token.token);
        hadOne = true;
        return token;
    };
    return async (scope, { patient }) => {
        const waits = !patient ? [] : hadOne ? credential_WAITS_MS : FIRST_WAITS_MS;
        for (let attempt = 0, late = false;;) {
            try {
                return await once(scope);
            }
            catch (error) {
                const noIdToken = idTokens?.failure();
                if (!late && /AADSTS700024\b/.test((0,shared_text/* messageOf */.bD)(error))) {
                    late = true;
                    idTokens?.drop();
                    continue;
                }
                const answer = said?.();
                const isAway = mayPass(error, answer, hadOne || who.kind === 'github-oidc');
                const passes = noIdToken?.mayPass ?? isAway;
                const facts = { scope, who, idToken: idTokens?.facts(), answer, isAway };
                const failure = noIdToken?.error ?? signInFailed(error, facts);
                const waitMs = waits[attempt++];
                if (waitMs === undefined || !passes)
                    throw failure;
                const asked = noIdToken === undefined ? answer?.retryAfterMs : noIdToken.retryAfterMs;
                const longMs = Math.max(waitMs, asked ?? 0);
                const again = clock.now() + longMs;
                if (again >= ((0,time_limit/* endOf */.pJ)(signal) ?? Infinity))
                    throw failure;
                if (longMs > QUIET_MS)
                    say?.(`sign-in: ${failure.message}; tried again at ${(0,utc/* utcSeconds */.k)(again)}`);
                await clock.sleep(longMs);
            }
        }
    };
}

;// CONCATENATED MODULE: ./build/azure/gallery.js









function galleryGateway(services, signal) {
    const clientOf = (id) => services.compute((0,arm_id/* subscriptionOf */.XD)(id));
    const lineTo = (id) => services.line(clientOf(id), signal);
    const urlOf = (path, rest) => armUrl(services.cloud.resourceManagerUrl, path, { apiVersion: GALLERIES_VERSION, ...(rest && { rest }) });
    return {
        getGallery: async (id) => {
            const what = { operation: 'Galleries_Get', target: (0,arm_id/* nameOf */.Vb)(id) };
            const answer = await ifThere(throughSdk(lineTo(id), what, options => clientOf(id).galleries.get((0,arm_id/* resourceGroupOf */.Tp)(id), (0,arm_id/* nameOf */.Vb)(id), options)));
            return (answer &&
                view(what, () => (0,read_json/* defined */.sw)({
                    location: (0,region/* regionName */.g)((0,read_json/* neededText */.Nd)(answer.body, 'location')),
                    provisioningState: (0,read_json/* textAt */.$6)(answer.body, 'properties.provisioningState')
                })));
        },
        getGalleryImage: async (id) => {
            const what = { operation: 'GalleryImages_Get', target: gallery_spoken(id) };
            const [gallery = '', image = ''] = (0,arm_id/* namesOf */.eZ)(id);
            const answer = await ifThere(throughSdk(lineTo(id), what, options => clientOf(id).galleryImages.get((0,arm_id/* resourceGroupOf */.Tp)(id), gallery, image, options)));
            return answer && view(what, () => readGalleryImage((0,read_json/* objectOf */.Xy)(answer.body)));
        },
        createGalleryImage: async (id, body) => {
            const what = { operation: 'GalleryImages_CreateOrUpdate', target: gallery_spoken(id) };
            const first = await send(lineTo(id), what, { method: 'PUT', url: urlOf(id), body });
            await followOperation(lineTo(id), what, { ...services, first });
        },
        listVersions: async (id) => {
            const what = { operation: 'GalleryImageVersions_ListByGalleryImage', target: gallery_spoken(id) };
            const versions = await ifThere(sendForAll(lineTo(id), what, urlOf(`${id}/versions`)));
            return view(what, () => (versions ?? []).map(readGalleryImageVersion));
        },
        getVersion: async (id, options) => {
            const what = { operation: 'GalleryImageVersions_Get', target: gallery_spoken(id) };
            const url = urlOf(id, options?.replication ? { $expand: 'ReplicationStatus' } : {});
            const answer = await ifThere(send(lineTo(id), what, { method: 'GET', url }));
            return answer && view(what, () => readGalleryImageVersion((0,read_json/* objectOf */.Xy)(answer.body)));
        },
        putVersion: async (id, body) => {
            const what = { operation: 'GalleryImageVersions_CreateOrUpdate', target: gallery_spoken(id) };
            const watch = await send(lineTo(id), what, { method: 'PUT', url: urlOf(id), body }).then(first => watchOf(what, first), async (error) => {
                const isTaken = mayBeTaken(error) && takenOn(await send(lineTo(id), what, { method: 'GET', url: urlOf(id) }), body);
                if (!isTaken)
                    throw error;
                return undefined;
            });
            return { failure: () => failureOf(lineTo(id), what, watch) };
        }
    };
}
function mayBeTaken(error) {
    return error instanceof errors/* AzureError */.M && error.status === 409 && error.tries > 1;
}
function takenOn({ body: present }, written) {
    const regions = (version) => (0,read_json/* listAt */.gT)(version, 'properties.publishingProfile.targetRegions').map(target => (0,region/* regionName */.g)((0,read_json/* neededText */.Nd)(target, 'name')));
    const hidden = (version) => (0,read_json/* booleanAt */.CR)(version, 'properties.publishingProfile.excludeFromLatest') ?? false;
    return ((0,external_node_util_.isDeepStrictEqual)((0,read_json/* recordAt */.zR)(present, 'tags'), (0,read_json/* recordAt */.zR)(written, 'tags')) &&
        (0,external_node_util_.isDeepStrictEqual)(regions(present).sort(), regions(written).sort()) &&
        hidden(present) === hidden(written));
}
function gallery_spoken(id) {
    return (0,arm_id/* namesOf */.eZ)(id).join('/');
}

// EXTERNAL MODULE: ./build/model/named-by-pool.js
var named_by_pool = __webpack_require__(86328);
;// CONCATENATED MODULE: ./build/azure/named-resources.js








const GROUP = {
    operation: 'ResourceGroups_Get',
    action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
    apiVersion: GROUPS_VERSION
};
const VIRTUAL_NETWORK = {
    operation: 'VirtualNetworks_Get',
    action: 'Microsoft.Network/virtualNetworks/read',
    apiVersion: NETWORK_VERSION
};
const PUBLIC_IP = {
    operation: 'PublicIPAddresses_Get',
    action: 'Microsoft.Network/publicIPAddresses/read',
    apiVersion: NETWORK_VERSION
};
const IDENTITY = {
    operation: 'UserAssignedIdentities_Get',
    action: 'Microsoft.ManagedIdentity/userAssignedIdentities/read',
    apiVersion: IDENTITY_VERSION
};
const ENCRYPTION_SET = {
    operation: 'DiskEncryptionSets_Get',
    action: 'Microsoft.Compute/diskEncryptionSets/read',
    apiVersion: DISKS_VERSION
};
const APPLICATION = {
    operation: 'Application_Get',
    action: 'Microsoft.Batch/batchAccounts/applications/read',
    apiVersion: BATCH_VERSION
};
const PACKAGE = {
    operation: 'ApplicationPackage_Get',
    action: 'Microsoft.Batch/batchAccounts/applications/versions/read',
    apiVersion: BATCH_VERSION
};
function namedResourceGateway(services, signal) {
    const base = services.cloud.resourceManagerUrl;
    const lineOf = (subscriptionId, { apiVersion }, limit) => services.line(apiVersion === BATCH_VERSION ? services.batch(subscriptionId, BATCH_VERSION) : services.compute(subscriptionId), limit);
    const looked = lookedBy(services.clock, signal);
    const readAt = (path, kind, { target, subscriptionId, shape }) => {
        const what = { operation: kind.operation, target };
        const message = { method: 'GET', url: armUrl(base, path, kind) };
        return looked(kind.action, async (limit) => {
            const answer = await ifThere(send(lineOf(subscriptionId, kind, limit), what, message));
            return answer && view(what, () => shape((0,read_json/* objectOf */.Xy)(answer.body)));
        });
    };
    const read = (id, kind, shape) => readAt(id, kind, { target: (0,arm_id/* namesOf */.eZ)(id).join('/'), subscriptionId: (0,arm_id/* subscriptionOf */.XD)(id), shape });
    return {
        listRegions: subscriptionId => {
            const kind = { operation: 'Subscriptions_ListLocations', action: REGIONS_ACTION, apiVersion: LOCATIONS_VERSION };
            const what = { operation: kind.operation, target: subscriptionId };
            const url = armUrl(base, `/subscriptions/${subscriptionId}/locations`, kind);
            return looked(kind.action, async (limit) => {
                const locations = await sendForAll(lineOf(subscriptionId, kind, limit), what, url);
                return view(what, () => locations.filter(isPhysical).map(location => (0,region/* regionName */.g)((0,read_json/* neededText */.Nd)(location, 'name'))));
            });
        },
        getResourceGroup: (subscriptionId, name) => readAt(`/subscriptions/${subscriptionId}/resourcegroups/${name}`, GROUP, {
            ...{ target: name, subscriptionId },
            shape: () => ({})
        }),
        getVirtualNetwork: id => read(id, VIRTUAL_NETWORK, readVirtualNetwork),
        getPublicIP: id => read(id, PUBLIC_IP, readPublicIP),
        getIdentity: id => read(id, IDENTITY, () => ({})),
        getEncryptionSet: id => read(id, ENCRYPTION_SET, set => ({ location: (0,region/* regionName */.g)((0,read_json/* neededText */.Nd)(set, 'location')) })),
        getPackage: reference => {
            const versionId = (0,named_by_pool/* versionIdOf */.J)(reference);
            return versionId === undefined
                ? read(reference.id, APPLICATION, readDefaultPackage)
                : read(versionId, PACKAGE, body => readPackage(body, reference));
        }
    };
}
const REGIONS_ACTION = 'Microsoft.Resources/subscriptions/locations/read';
const LOOKS_FOR_MINUTES = 3;
function lookedBy(clock, signal) {
    return (action, read) => (0,time_limit/* within */.ux)(clock, LOOKS_FOR_MINUTES * 60_000, async (limit) => {
        try {
            return { found: await read(AbortSignal.any([signal, limit])) };
        }
        catch (error) {
            const isLate = limit.aborted && !signal.aborted;
            if (!isLate && !(error instanceof errors/* AzureError */.M))
                throw error;
            const said = isLate
                ? `gave no answer in ${LOOKS_FOR_MINUTES} minutes`
                : `answered "${error.code}"`;
            return { unread: { action, why: `Azure ${said}` } };
        }
    });
}
function isPhysical(location) {
    return (((0,read_json/* textAt */.$6)(location, 'type') ?? 'Region') === 'Region' &&
        ((0,read_json/* textAt */.$6)(location, 'metadata.regionType') ?? 'Physical') === 'Physical');
}
function readVirtualNetwork(network) {
    return {
        location: (0,region/* regionName */.g)((0,read_json/* neededText */.Nd)(network, 'location')),
        subnets: (0,read_json/* listAt */.gT)(network, 'properties.subnets').map(readSubnet)
    };
}
function readSubnet(subnet) {
    const properties = (0,read_json.at)(subnet, 'properties');
    const prefix = (0,read_json/* textAt */.$6)(properties, 'addressPrefix');
    const prefixes = (0,read_json/* listAt */.gT)(properties, 'addressPrefixes').filter(one => typeof one === 'string');
    return {
        name: (0,read_json/* neededText */.Nd)(subnet, 'name'),
        addressPrefixes: prefixes.length > 0 || prefix === undefined ? prefixes : [prefix],
        usedAddresses: (0,read_json/* listAt */.gT)(properties, 'ipConfigurations').length,
        delegations: (0,read_json/* listAt */.gT)(properties, 'delegations').flatMap(one => (0,read_json/* textAt */.$6)(one, 'properties.serviceName') ?? []),
        isPrivate: (0,read_json.at)(properties, 'defaultOutboundAccess') === false &&
            (0,read_json.at)(properties, 'natGateway') === undefined &&
            (0,read_json.at)(properties, 'routeTable') === undefined
    };
}
function readPublicIP(address) {
    return (0,read_json/* defined */.sw)({
        location: (0,region/* regionName */.g)((0,read_json/* neededText */.Nd)(address, 'location')),
        sku: (0,read_json/* textAt */.$6)(address, 'sku.name'),
        allocationMethod: (0,read_json/* textAt */.$6)(address, 'properties.publicIPAllocationMethod'),
        usedBy: (0,read_json/* textAt */.$6)(address, 'properties.ipConfiguration.id')
    });
}
function readDefaultPackage(application) {
    return (0,read_json/* defined */.sw)({ version: (0,read_json/* textAt */.$6)(application, 'properties.defaultVersion') });
}
function readPackage(version, { version: asked }) {
    return (0,read_json/* defined */.sw)({ version: (0,read_json/* textAt */.$6)(version, 'name') ?? asked, state: (0,read_json/* textAt */.$6)(version, 'properties.state') });
}

// EXTERNAL MODULE: ./build/azure/patience.js
var patience = __webpack_require__(92257);
;// CONCATENATED MODULE: ./build/azure/absence.js


const DOUBTED_FOR_MS = 2 * 60_000;
const absence_WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
const absence_QUIET_MS = 60_000;
function doubtAbsence({ clock, say }) {
    const known = new Map();
    return {
        name: 'doubtAbsence',
        sendRequest: async (request, next) => {
            if (request.method === 'DELETE') {
                forget(known, pathOf(request.url));
                return next(request);
            }
            if (NODES_OF_POOL.test(pathOf(request.url)))
                known.set(pathOf(request.url), clock.now());
            let since;
            for (let look = 0, isSaid = false;; look++) {
                const response = await next(request);
                const now = clock.now();
                if (response.status < 300)
                    learn(known, response, now);
                since ??= sinceWhen(known, request, now);
                if (response.status !== 404 || since === undefined)
                    return response;
                const leftMs = since + DOUBTED_FOR_MS - now;
                if (leftMs <= 0) {
                    known.delete(pathOf(request.url));
                    return response;
                }
                if (!isSaid && now - since > absence_QUIET_MS) {
                    isSaid = true;
                    say(`${lastNames(request)}: 404 of what was there before; asked again until ${(0,utc/* utcSeconds */.k)(now + leftMs)}`);
                }
                const waitMs = absence_WAITS_MS[Math.min(look, absence_WAITS_MS.length - 1)] ?? 0;
                await clock.sleep(Math.min(waitMs, leftMs), request.abortSignal);
            }
        }
    };
}
const RESOURCE = /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\//;
const LIST_IN_RESOURCE = /\/providers\/[^/]+(\/[^/]+\/[^/]+)+\/[^/]+$/;
const NODES_OF_POOL = /^\/pools\/[^/]+\/nodes$/;
const LINKS = ['azure-asyncoperation', 'operation-location', 'location'];
function learn(known, { request, headers, bodyAsText }, now) {
    const path = pathOf(request.url);
    for (const id of listedIn(bodyAsText ?? ''))
        known.set(id.toLowerCase(), now);
    if (RESOURCE.test(path) || known.has(path))
        known.set(path, now);
    for (const name of LINKS) {
        const link = headers.get(name);
        if (request.method !== 'GET' && link !== undefined && URL.canParse(link, request.url)) {
            known.set(pathOf(new URL(link, request.url).href), now);
        }
    }
}
function listedIn(text) {
    if (!/"value"\s*:\s*\[/.test(text))
        return [];
    const ids = (0,read_json/* listAt */.gT)(JSON.parse(text.replace(/^\uFEFF/, '')), 'value').map(item => (0,read_json/* textAt */.$6)(item, 'id') ?? '');
    return ids.filter(id => RESOURCE.test(id.toLowerCase()));
}
function sinceWhen(known, { method, url }, now) {
    const path = pathOf(url);
    if (method === 'GET' || method === 'HEAD')
        return known.has(path) || known.has(ownerOfList(path)) ? now : undefined;
    const times = [...known].filter(([one]) => path === one || path.startsWith(`${one}/`)).map(([, at]) => at);
    return times.length === 0 ? undefined : Math.max(...times);
}
function ownerOfList(path) {
    return LIST_IN_RESOURCE.test(path) ? path.slice(0, path.lastIndexOf('/')) : '';
}
function forget(known, path) {
    for (const one of known.keys())
        if (one === path || one.startsWith(`${path}/`))
            known.delete(one);
}
function pathOf(url) {
    return new URL(url).pathname.toLowerCase().replace(/\/+$/, '');
}
function lastNames({ url }) {
    return new URL(url).pathname.split('/').filter(Boolean).slice(-2).join('/');
}

;// CONCATENATED MODULE: ./build/azure/services.js




async function makeServices(deps) {
    const [{ ComputeManagementClient }, { BatchManagementClient }, { getClient }] = await Promise.all([
        __webpack_require__.e(/* import() */ 72).then(__webpack_require__.bind(__webpack_require__, 96072)),
        __webpack_require__.e(/* import() */ 768).then(__webpack_require__.t.bind(__webpack_require__, 76768, 19)),
        __webpack_require__.e(/* import() */ 999).then(__webpack_require__.bind(__webpack_require__, 78999))
    ]);
    const { cloud, clock, httpClient, pollIntervalMs } = deps;
    const home = new URL(cloud.resourceManagerUrl).hostname;
    const options = {
        ...CLIENT_OPTIONS,
        endpoint: cloud.resourceManagerUrl,
        httpClient,
        ...(deps.proxy && { proxyOptions: deps.proxy }),
        userAgentOptions: { userAgentPrefix: deps.userAgent }
    };
    const shared = { ...deps, perseverance: perseverance(deps), absence: doubtAbsence(deps) };
    const manager = { ...shared, scope: cloud.scopes.resourceManager, allows: (url) => url.hostname === home };
    const service = { ...shared, scope: cloud.scopes.batch, allows: (url) => cloud.isBatchHost(url.hostname) };
    const clients = new Map();
    const kept = (key, make) => {
        if (!clients.has(key))
            clients.set(key, make());
        return clients.get(key);
    };
    return {
        cloud,
        clock,
        pollIntervalMs,
        say: deps.say,
        compute: id => kept(`compute ${id}`, () => prepare(new ComputeManagementClient(UNUSED_CREDENTIAL, id, { ...options }), manager)),
        batch: (id, apiVersion) => kept(`batch ${id} ${apiVersion}`, () => prepare(new BatchManagementClient(UNUSED_CREDENTIAL, id, { ...options, apiVersion }), manager)),
        batchService: accountEndpoint => {
            const url = batchUrl(cloud, accountEndpoint);
            return { url, client: kept(url, () => prepare(getClient(url, { ...options, endpoint: url }), service)) };
        },
        line: ({ pipeline }, signal) => ({ pipeline, httpClient, signal, clock })
    };
}
const UNUSED_CREDENTIAL = { getToken: async () => null };
function batchUrl(cloud, accountEndpoint) {
    const url = `https://${accountEndpoint}`;
    if (URL.canParse(url) && new URL(url).origin === url && cloud.isBatchHost(new URL(url).hostname))
        return url;
    throw new failure/* RunError */.e4({
        reason: 'sign-in-failed',
        message: `accountEndpoint: "${accountEndpoint}" is not a Batch host of ${cloud.name}; tokens are sent to that cloud's hosts only`,
        wayOut: 'check that cloud names the cloud in which the Batch account lives'
    });
}

;// CONCATENATED MODULE: ./build/azure/connect.js











async function connect(deps) {
    const httpClient = (0,patience.withPatience)(deps.httpClient ?? (0,esm.createDefaultHttpClient)(), deps.clock);
    const cloud = await findCloud(deps.cloud, metadataOver(httpClient, deps));
    const { ahead = () => undefined, hide = () => undefined, job = { inGitHub: true, mayAskForIdTokens: true } } = deps;
    const tokens = await signIn({ ...deps, cloud, httpClient, hide, job });
    const [services] = await Promise.all([
        makeServices({ ...deps, ahead, cloud, tokens, httpClient }),
        orAborted(tokens.get(cloud.scopes.resourceManager), deps.signal)
    ]);
    return azureOver(services, deps.signal);
}
function azureOver(services, signal) {
    return {
        compute: computeGateway(services, signal),
        gallery: galleryGateway(services, signal),
        batch: batchGateway(services, signal),
        named: namedResourceGateway(services, signal),
        batchService: accountEndpoint => batchServiceGateway(services, signal, accountEndpoint),
        until: other => azureOver(services, other)
    };
}


/***/ }),

/***/ 92257:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   withPatience: () => (/* binding */ withPatience)
/* harmony export */ });
/* unused harmony export PATIENCE_MS */
/* harmony import */ var _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1818);

const PATIENCE_MS = 2 * 60_000;
function withPatience(inner, clock) {
    return {
        sendRequest: async (request) => {
            const given = request.abortSignal;
            const ends = new AbortController();
            const over = new AbortController();
            let unanswered = false;
            const end = () => ends.abort();
            given?.addEventListener('abort', end);
            clock.sleep(PATIENCE_MS, over.signal).then(() => {
                unanswered = true;
                end();
            }, () => undefined);
            if (given?.aborted)
                end();
            request.abortSignal = ends.signal;
            try {
                return await inner.sendRequest(request);
            }
            catch (error) {
                if (!unanswered || given?.aborted)
                    throw error;
                throw new _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .RestError */ .pj(`no answer within ${PATIENCE_MS / 1_000} s`, { code: 'ETIMEDOUT', request });
            }
            finally {
                over.abort('answered');
                given?.removeEventListener('abort', end);
                if (given === undefined)
                    delete request.abortSignal;
                else
                    request.abortSignal = given;
            }
        }
    };
}


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


/***/ })

};
