const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.+\.localhost)$/;

/** Whether a host, as `URL.hostname` has it, is this machine: the only one that may be spoken to without TLS. */
export function isThisMachine(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}
