/** What did not do its work must not be measured. */
export function succeeded({ status }: { readonly status: string }, wanted = 'success'): void {
  if (status !== wanted) throw new Error(`a measured run ended as ${status} instead of ${wanted}`)
}
