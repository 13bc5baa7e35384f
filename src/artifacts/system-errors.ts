// In: an error of the file system. Out: what it means to a person, without the path: whoever tells it knows a better name.

/** The error's own message where we know no better one. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS.get(code ?? "") ?? message;
}

const REASONS = new Map(
  Object.entries({
    ENOENT: "no such file or directory",
    EACCES: "permission denied",
    EPERM: "operation not permitted",
    EISDIR: "is a directory, expected a file",
    ENOTDIR: "a part of the path is not a directory",
    EEXIST: "a file is in the way of a directory",
    ELOOP: "a symbolic link that leads to itself",
    ENAMETOOLONG: "the name is too long",
    ENOSPC: "no space left on the device",
    EDQUOT: "the disk quota is used up",
    EFBIG: "the file is too large for this file system",
    EROFS: "the file system is read-only",
    ERR_FS_FILE_TOO_LARGE: "more than 2 GiB, expected less",
    ERR_STRING_TOO_LONG: "a text of more than 512 MiB, expected less",
  }),
);
