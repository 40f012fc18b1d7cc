// Loaded before the program, with --allow-natives-syntax. When the program ends, with V8 set up as the program sets it, this deoptimises a function
// that V8 compiled with an inlined WebAssembly call while that call is under way, as happens to a server after minutes.

import { compileFunction } from 'node:vm';

// (module (import "m" "meanwhile" (func)) (func (export "call") (result externref) call 0 ref.null extern))
const module = new WebAssembly.Module(
  Buffer.from(
    '0061736d010000000108026000006000016f020f01016d096d65616e7768696c650000030201010708010463616c6c00010a080106001000d06f0b',
    'hex',
  ),
);

/** A native function of V8, by its name. */
const native = (name) => compileFunction(`%${name}(of)`, ['of']);
const [prepare, optimize, deoptimize] = [
  'PrepareFunctionForOptimization',
  'OptimizeFunctionOnNextCall',
  'DeoptimizeFunction',
].map(native);

process.on('exit', () => {
  let is = true;
  const meanwhile = () => is || deoptimize(caller);
  const { call } = new WebAssembly.Instance(module, { m: { meanwhile } }).exports;
  const caller = () => [call()];
  prepare(caller);
  caller();
  optimize(caller);
  caller();
  is = false;
  caller();
  console.log('outlived');
});
