/** Numbers in reasons, which people read. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

export const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;
