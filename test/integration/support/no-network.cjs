// Loaded before a program: whatever it does with a network ends it, and says so.
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');

const end = () => {
  process.stderr.write('it reached for the network\n');
  process.exit(99);
};

net.Socket.prototype.connect = end;
net.Server.prototype.listen = end;
dgram.createSocket = end;
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  dns[name] = end;
  dns.promises[name] = end;
}
globalThis.fetch = end;
