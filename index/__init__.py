"""Finding passages: embeddings (FAISS), lexical (BM25), fusion, storage. Imports only `corpus`."""
