/** With https, or to this very machine, where nobody listens on the way. What is no URL is somebody else's to refuse. */
export function isPrivateOnTheWay(given: string): boolean {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  return url?.protocol !== 'http:' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}
