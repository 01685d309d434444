/** What @azure/arm-compute 25.1.1 speaks, what the newest specification files at hand describe, and what az 2.45, 2.91 and its newest speak. */
export const DISK_API_VERSIONS = ['2026-03-02', '2025-01-02', '2024-03-02', '2023-10-02', '2022-07-02', '2022-03-02']
export const COMPUTE_API_VERSIONS = ['2026-04-01', '2025-11-01', '2024-11-01', '2024-07-01', '2022-11-01', '2022-08-01']
export const GALLERY_API_VERSIONS = ['2026-03-03', '2025-12-03', '2024-03-03', '2023-07-03', '2022-03-03', '2021-10-01']
