"""Surfaces over one service layer: REST, GraphQL, OpenSubsonic, WebSocket."""
