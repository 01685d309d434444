export const id = 257;
export const ids = [257];
export const modules = {

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


/***/ })

};
