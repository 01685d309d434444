/** Both steps of the action in one bundle, each loaded when its turn comes: what they share is there once. */
export const main = (): Promise<unknown> => import('./main.ts')
export const post = (): Promise<unknown> => import('./post.ts')
