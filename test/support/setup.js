// @azure/arm-batch is CommonJS and requires ES modules in a cycle; importing it first, as ESM, lets jest resolve that.
import '@azure/arm-batch'
