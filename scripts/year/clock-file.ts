/** Names the file that says, as one 64-bit float, how many milliseconds a process is ahead of the machine. */
export const CLOCK_FILE_VARIABLE = 'FDX_CONSENT_CLOCK_FILE';
