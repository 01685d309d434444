declare module '@vercel/ncc' {
  type Options = { cache?: string | false; minify?: boolean; quiet?: boolean }
  type Bundle = { code: string; assets: Record<string, { source: string | Buffer; permissions?: number }> }
  export default function ncc(input: string, options: Options): Promise<Bundle>
}
