// Holds back what scripts of the page send without an element: fetch, XMLHttpRequest and sendBeacon. A call to a host of which nothing is known yet waits
// until the register has arrived. A call to a tag that may not run then fails as if the network were away; it is not sent later, when the visitor
// allows the tag. Sockets and event streams are not held back: they cannot wait, and refusing them would break the site's own.

const HELD = 'Held back until the visitor allows it';

/** Catches the calls. Returns what is to be called once the register has arrived. */
export function catchCalls(mayLoad: (address: string) => boolean): () => void {
  let arrive!: () => void;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });

  const ask = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (!mayLoad(address)) await arrived;
    if (!mayLoad(address)) throw new TypeError(HELD);
    return ask.call(globalThis, input, init);
  };

  const { open, send } = XMLHttpRequest.prototype;
  const opened = new WeakMap<XMLHttpRequest, { address: string; waits: boolean }>();
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...given: unknown[]) {
    opened.set(this, { address: String(given[1]), waits: given[2] !== false });
    open.apply(this, given as Parameters<typeof open>);
  };
  XMLHttpRequest.prototype.send = function (body) {
    const call = opened.get(this);
    if (!call || mayLoad(call.address)) return send.call(this, body);
    if (!call.waits) throw new DOMException(HELD, 'NetworkError');
    void arrived.then(() => {
      // It was opened again meanwhile, for something else.
      if (opened.get(this) !== call) return;
      if (mayLoad(call.address)) return send.call(this, body);
      for (const event of ['error', 'loadend']) this.dispatchEvent(new ProgressEvent(event));
    });
  };

  const beacon = Navigator.prototype.sendBeacon;
  Navigator.prototype.sendBeacon = function (address, data) {
    if (mayLoad(String(address))) return beacon.call(this, address, data);
    void arrived.then(() => mayLoad(String(address)) && beacon.call(this, address, data));
    // Answered as if it were queued, so that the script does not try another way.
    return true;
  };
  return arrive;
}
