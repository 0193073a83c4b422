/* Generated from the server's OpenAPI document by `npm run api:types`. Do not edit. */
export interface paths {
    "/api/v1/albums": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_albums_api_v1_albums_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_album_api_v1_albums__album_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["similar_albums_api_v1_albums__album_id__similar_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_analysis_api_v1_analysis_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["steer_analysis_api_v1_analysis_patch"];
        trace?: never;
    };
    "/api/v1/analysis/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_failures_api_v1_analysis_failures_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["start_analysis_api_v1_analysis_start_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/artist-images/{artist_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["artist_image_api_v1_artist_images__artist_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/artists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_artists_api_v1_artists_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/artists/{artist_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_artist_api_v1_artists__artist_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/artists/{artist_id}/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["similar_artists_api_v1_artists__artist_id__similar_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/artwork/{cover_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["cover_api_v1_artwork__cover_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/artwork/{cover_id}/original": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["original_cover_api_v1_artwork__cover_id__original_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oidc/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["callback_api_v1_auth_oidc_callback_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oidc/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["start_api_v1_auth_oidc_start_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["refresh_api_v1_auth_refresh_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sign_in_api_v1_auth_sign_in_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sign_out_api_v1_auth_sign_out_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sign-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sign_up_api_v1_auth_sign_up_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broken-files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_broken_files_api_v1_broken_files_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_duplicates_api_v1_duplicates_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{kind}/{item_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["export_one_api_v1_exports__kind___item_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["export_all_api_v1_exports_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/formats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_formats_api_v1_exports_formats_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tracks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["export_tracks_api_v1_exports_tracks_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_folder_api_v1_folders_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/genres": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_genres_api_v1_genres_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["home_api_v1_home_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["mine_api_v1_imports_get"];
        put?: never;
        post: operations["import_file_api_v1_imports_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{report_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["report_api_v1_imports__report_id__get"];
        put?: never;
        post?: never;
        delete: operations["forget_api_v1_imports__report_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{report_id}/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["choose_api_v1_imports__report_id__choices_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{report_id}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["entries_api_v1_imports__report_id__entries_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{report_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["report_file_api_v1_imports__report_id__file_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["invitations_api_v1_invitations_get"];
        put?: never;
        post: operations["invite_api_v1_invitations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["withdraw_api_v1_invitations__invitation_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_jobs_api_v1_jobs_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_job_api_v1_jobs__job_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["cancel_job_api_v1_jobs__job_id__cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["retry_job_api_v1_jobs__job_id__retry_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/joints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["get_joints_api_v1_joints_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_libraries_api_v1_libraries_get"];
        put?: never;
        post: operations["add_library_api_v1_libraries_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{library_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["remove_library_api_v1_libraries__library_id__delete"];
        options?: never;
        head?: never;
        patch: operations["change_library_api_v1_libraries__library_id__patch"];
        trace?: never;
    };
    "/api/v1/libraries/{library_id}/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["scan_library_api_v1_libraries__library_id__scan_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["check_path_api_v1_libraries_check_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/likes/{kind}/{item_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["like_api_v1_likes__kind___item_id__put"];
        post?: never;
        delete: operations["unlike_api_v1_likes__kind___item_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_map_api_v1_map_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/map/draw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["draw_map_api_v1_map_draw_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/map/ids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["map_ids_api_v1_map_ids_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/map/place/{track_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["map_place_api_v1_map_place__track_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/map/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_points_api_v1_map_points_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/map/tracks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["map_tracks_api_v1_map_tracks_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["me_api_v1_me_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["change_api_v1_me_patch"];
        trace?: never;
    };
    "/api/v1/me/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["api_keys_api_v1_me_api_keys_get"];
        put?: never;
        post: operations["new_api_key_api_v1_me_api_keys_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/api-keys/{api_key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["revoke_api_key_api_v1_me_api_keys__api_key_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/app-passwords": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["app_passwords_api_v1_me_app_passwords_get"];
        put?: never;
        post: operations["new_app_password_api_v1_me_app_passwords_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/app-passwords/{app_password_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["revoke_app_password_api_v1_me_app_passwords__app_password_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["links_api_v1_me_oidc_get"];
        put?: never;
        post: operations["link_api_v1_me_oidc_post"];
        delete: operations["unlink_api_v1_me_oidc_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["password_api_v1_me_password_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["my_servers_api_v1_me_servers_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/servers/{server_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["link_account_api_v1_me_servers__server_id__put"];
        post?: never;
        delete: operations["unlink_account_api_v1_me_servers__server_id__delete"];
        options?: never;
        head?: never;
        patch: operations["change_account_api_v1_me_servers__server_id__patch"];
        trace?: never;
    };
    "/api/v1/me/servers/{server_id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sync_account_api_v1_me_servers__server_id__sync_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["sessions_api_v1_me_sessions_get"];
        put?: never;
        post?: never;
        delete: operations["end_other_sessions_api_v1_me_sessions_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["end_session_api_v1_me_sessions__session_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/missing-tracks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_missing_tracks_api_v1_missing_tracks_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/missing-tracks/purge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["purge_api_v1_missing_tracks_purge_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/now-playing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["now_playing_api_v1_now_playing_get"];
        put?: never;
        post: operations["report_now_playing_api_v1_now_playing_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlist-files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["files_api_v1_playlist_files_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlist-folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["tree_api_v1_playlist_folders_get"];
        put?: never;
        post: operations["create_api_v1_playlist_folders_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlist-folders/{folder_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["delete_api_v1_playlist_folders__folder_id__delete"];
        options?: never;
        head?: never;
        patch: operations["rename_api_v1_playlist_folders__folder_id__patch"];
        trace?: never;
    };
    "/api/v1/playlist-folders/{folder_id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["move_api_v1_playlist_folders__folder_id__move_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlist-folders/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["put_api_v1_playlist_folders_places_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_playlists_api_v1_playlists_get"];
        put?: never;
        post: operations["create_api_v1_playlists_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists/{playlist_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_playlist_api_v1_playlists__playlist_id__get"];
        put?: never;
        post?: never;
        delete: operations["delete_api_v1_playlists__playlist_id__delete"];
        options?: never;
        head?: never;
        patch: operations["change_api_v1_playlists__playlist_id__patch"];
        trace?: never;
    };
    "/api/v1/playlists/{playlist_id}/already-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["already_in_api_v1_playlists__playlist_id__already_in_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists/{playlist_id}/cover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["playlist_cover_api_v1_playlists__playlist_id__cover_get"];
        put: operations["put_cover_api_v1_playlists__playlist_id__cover_put"];
        post?: never;
        delete: operations["remove_cover_api_v1_playlists__playlist_id__cover_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists/{playlist_id}/dedupe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["dedupe_api_v1_playlists__playlist_id__dedupe_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists/{playlist_id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["duplicate_api_v1_playlists__playlist_id__duplicate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists/{playlist_id}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["replace_api_v1_playlists__playlist_id__entries_put"];
        post: operations["add_api_v1_playlists__playlist_id__entries_post"];
        delete: operations["remove_api_v1_playlists__playlist_id__entries_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists/{playlist_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["file_of_playlist_api_v1_playlists__playlist_id__file_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists/{playlist_id}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["freeze_api_v1_playlists__playlist_id__freeze_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists/{playlist_id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["move_api_v1_playlists__playlist_id__move_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists/{playlist_id}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["refresh_api_v1_playlists__playlist_id__refresh_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists/{playlist_id}/rule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_rule_api_v1_playlists__playlist_id__rule_get"];
        put: operations["set_rule_api_v1_playlists__playlist_id__rule_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists/{playlist_id}/rule.nsp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["export_nsp_api_v1_playlists__playlist_id__rule_nsp_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists/{playlist_id}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["create_api_v1_playlists__playlist_id__shares_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists/{playlist_id}/sort": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sort_api_v1_playlists__playlist_id__sort_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists/{playlist_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["undo_api_v1_playlists__playlist_id__undo_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playlists/nsp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["import_nsp_api_v1_playlists_nsp_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["history_api_v1_plays_get"];
        put?: never;
        post: operations["add_plays_api_v1_plays_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompt/make": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["make_api_v1_prompt_make_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompt/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["plan_api_v1_prompt_plan_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompt/save": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["save_api_v1_prompt_save_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_queue_api_v1_queue_get"];
        put: operations["put_queue_api_v1_queue_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queue/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["order_queue_api_v1_queue_order_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ratings/{kind}/{item_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["rate_api_v1_ratings__kind___item_id__put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["fields_api_v1_rules_fields_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["preview_api_v1_rules_preview_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/suggest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["suggest_api_v1_rules_suggest_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_scans_api_v1_scans_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["current_scans_api_v1_scans_current_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_schedule_api_v1_schedule_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["search_api_v1_search_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/tracks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["search_tracks_api_v1_search_tracks_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seg/{track_id}/{tier}/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_fragment_api_v1_seg__track_id___tier___number__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seg/{track_id}/{tier}/init": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_init_api_v1_seg__track_id___tier__init_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["server_api_v1_server_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["change_api_v1_server_patch"];
        trace?: never;
    };
    "/api/v1/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_servers_api_v1_servers_get"];
        put?: never;
        post: operations["add_server_api_v1_servers_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{server_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["remove_server_api_v1_servers__server_id__delete"];
        options?: never;
        head?: never;
        patch: operations["change_server_api_v1_servers__server_id__patch"];
        trace?: never;
    };
    "/api/v1/servers/{server_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["cancel_sync_api_v1_servers__server_id__cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{server_id}/mappings/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["check_mappings_api_v1_servers__server_id__mappings_check_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{server_id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_runs_api_v1_servers__server_id__runs_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{server_id}/runs/{run_id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_notes_api_v1_servers__server_id__runs__run_id__notes_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{server_id}/songs/{remote_id}/part": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["part_song_api_v1_servers__server_id__songs__remote_id__part_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{server_id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sync_server_api_v1_servers__server_id__sync_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_server_api_v1_servers_test_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_sets_api_v1_sets_get"];
        put?: never;
        post: operations["create_set_api_v1_sets_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sets/{set_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_set_api_v1_sets__set_id__get"];
        put?: never;
        post?: never;
        delete: operations["delete_set_api_v1_sets__set_id__delete"];
        options?: never;
        head?: never;
        patch: operations["change_set_api_v1_sets__set_id__patch"];
        trace?: never;
    };
    "/api/v1/sets/{set_id}/arrange": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["arrange_set_api_v1_sets__set_id__arrange_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sets/{set_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_history_api_v1_sets__set_id__history_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sets/{set_id}/joints/{position}/swaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_mends_api_v1_sets__set_id__joints__position__swaps_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sets/{set_id}/playlist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["save_as_playlist_api_v1_sets__set_id__playlist_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sets/{set_id}/pool": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_pool_api_v1_sets__set_id__pool_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sets/{set_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["restore_set_api_v1_sets__set_id__restore_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sets/{set_id}/slots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["put_slots_api_v1_sets__set_id__slots_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sets/{set_id}/slots/{position}/alternatives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_alternatives_api_v1_sets__set_id__slots__position__alternatives_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sets/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_run_api_v1_sets_runs__run_id__get"];
        put?: never;
        post?: never;
        delete: operations["cancel_run_api_v1_sets_runs__run_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["setup_api_v1_setup_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shared/{share_id}/cover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["cover_api_v1_shared__share_id__cover_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shared/{share_id}/covers/{cover_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["track_cover_api_v1_shared__share_id__covers__cover_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shared/{share_id}/stream/{track_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["stream_api_v1_shared__share_id__stream__track_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shared/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["open__api_v1_shared_open_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["mine_api_v1_shares_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shares/{share_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["end_api_v1_shares__share_id__delete"];
        options?: never;
        head?: never;
        patch: operations["change_api_v1_shares__share_id__patch"];
        trace?: never;
    };
    "/api/v1/sonic/blend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sonic_blend_api_v1_sonic_blend_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sonic/path": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sonic_path_api_v1_sonic_path_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_tags_api_v1_tags_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_tracks_api_v1_tracks_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracks/{track_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_track_api_v1_tracks__track_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracks/{track_id}/analysis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_track_analysis_api_v1_tracks__track_id__analysis_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["correct_track_api_v1_tracks__track_id__analysis_patch"];
        trace?: never;
    };
    "/api/v1/tracks/{track_id}/cues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_cues_api_v1_tracks__track_id__cues_get"];
        put: operations["put_cues_api_v1_tracks__track_id__cues_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracks/{track_id}/lyrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_lyrics_api_v1_tracks__track_id__lyrics_get"];
        put: operations["put_lyrics_api_v1_tracks__track_id__lyrics_put"];
        post?: never;
        delete: operations["delete_lyrics_api_v1_tracks__track_id__lyrics_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracks/{track_id}/lyrics/find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["find_lyrics_api_v1_tracks__track_id__lyrics_find_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracks/{track_id}/lyrics/offset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["put_offset_api_v1_tracks__track_id__lyrics_offset_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracks/{track_id}/mixes-well": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["mixes_well_api_v1_tracks__track_id__mixes_well_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracks/{track_id}/moods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["put_moods_api_v1_tracks__track_id__moods_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracks/{track_id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["put_note_api_v1_tracks__track_id__note_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracks/{track_id}/playback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_manifest_api_v1_tracks__track_id__playback_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracks/{track_id}/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["similar_tracks_api_v1_tracks__track_id__similar_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracks/{track_id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["put_tags_api_v1_tracks__track_id__tags_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracks/{track_id}/waveform": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_waveform_api_v1_tracks__track_id__waveform_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracks/by-ids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["tracks_by_ids_api_v1_tracks_by_ids_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracks/ids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_track_ids_api_v1_tracks_ids_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["users_api_v1_users_get"];
        put?: never;
        post: operations["create_api_v1_users_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["remove_api_v1_users__user_id__delete"];
        options?: never;
        head?: never;
        patch: operations["change_api_v1_users__user_id__patch"];
        trace?: never;
    };
    "/api/v1/users/{user_id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["reset_password_api_v1_users__user_id__password_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/years": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_years_api_v1_years_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Accent: {
            c: number;
            h: number;
            l: number;
        };
        Added: {
            position?: number | null;
            track_ids: string[];
        };
        Address: {
            password: string;
            url: string;
            username: string;
        };
        AlbumDetail: {
            accent: components["schemas"]["Accent"] | null;
            added_at: string;
            artist: string;
            artists: components["schemas"]["ArtistRef"][];
            catalog_number: string | null;
            compilation: boolean;
            cover_id: string | null;
            date: string | null;
            discs: components["schemas"]["Disc"][];
            duration_s: number;
            genres: string[];
            id: string;
            labels: string[];
            last_played_at: string | null;
            liked: boolean;
            liked_at: string | null;
            mbid: string | null;
            original_date: string | null;
            original_year: number | null;
            palette: Record<string, never> | null;
            placeholder: string | null;
            play_count: number;
            quality: components["schemas"]["Quality"] | null;
            rating: number;
            release_group_mbid: string | null;
            release_types: string[];
            sort_title: string;
            title: string;
            track_count: number;
            version: string | null;
            year: number | null;
        };
        AlbumItem: {
            accent: components["schemas"]["Accent"] | null;
            added_at: string;
            artist: string;
            artists: components["schemas"]["ArtistRef"][];
            compilation: boolean;
            cover_id: string | null;
            duration_s: number;
            genres: string[];
            id: string;
            liked: boolean;
            liked_at: string | null;
            mbid: string | null;
            original_year: number | null;
            placeholder: string | null;
            rating: number;
            sort_title: string;
            title: string;
            track_count: number;
            year: number | null;
        };
        AlreadyIn: {
            track_ids: string[];
        };
        AnsweredBy: {
            embedder: string;
            fallback: string | null;
        };
        ApiKeyBody: {
            created_at: string;
            hint: string;
            id: string;
            label: string;
            last_used_at: string | null;
        };
        AppPasswordBody: {
            created_at: string;
            id: string;
            label: string;
            last_client: string | null;
            last_used_at: string | null;
        };
        ArrangeBody: {
            curve?: components["schemas"]["CurveBody"] | null;
            /** @default [] */
            keep: string[];
            length?: components["schemas"]["LengthBody"] | null;
            /** @default [] */
            locks: string[][];
            /** @default [] */
            pins: components["schemas"]["Pin"][];
            seed?: number | null;
            time_limit_s?: number | null;
            /** @default [] */
            without: string[];
        };
        ArtistDetail: {
            album_count: number;
            albums: components["schemas"]["AlbumItem"][];
            appears_on: components["schemas"]["AlbumItem"][];
            cover_id: string | null;
            id: string;
            image_id: string | null;
            letter: string;
            liked: boolean;
            liked_at: string | null;
            mbid: string | null;
            name: string;
            rating: number;
            sort_name: string;
            top_tracks: components["schemas"]["TrackItem"][];
            track_count: number;
        };
        ArtistItem: {
            album_count: number;
            cover_id: string | null;
            id: string;
            image_id: string | null;
            letter: string;
            liked: boolean;
            liked_at: string | null;
            mbid: string | null;
            name: string;
            rating: number;
            sort_name: string;
            track_count: number;
        };
        ArtistRef: {
            id: string;
            name: string;
        };
        Asked: {
            track_ids: string[];
        };
        AsPlaylist: {
            name?: string | null;
            /** @default false */
            public: boolean;
        };
        Before: {
            how: string;
            reason: string | null;
            score: number;
            track_id: string | null;
        };
        BlendBody: {
            /**
             * @default {
             *       "key": []
             *     }
             */
            filters: components["schemas"]["SonicFilters"];
            like: string[];
            /** @default 50 */
            limit: number;
            per_artist?: number | null;
            /** @default [] */
            unlike: string[];
        };
        BrokenFile: {
            detail: string;
            library_id: string;
            path: string;
            reason: string;
            seen_at: string;
            size: number;
        };
        Candidate: {
            /** @enum {unknown} */
            album: "alike" | "other" | "same" | "unsaid";
            /** @enum {unknown} */
            artist: "alike" | "other" | "same" | "unsaid";
            longer_s: number | null;
            /** @enum {unknown} */
            title: "alike" | "other" | "same" | "unsaid";
            track: components["schemas"]["TrackItem"];
            why: string;
        };
        CarrierItem: {
            bit_depth: number | null;
            bit_rate_kbps: number | null;
            channels: number | null;
            codec: string;
            duration_s: number;
            format: string;
            id: string;
            kind: string;
            library_id: string;
            missing: boolean;
            path: string | null;
            sample_rate_hz: number | null;
            size: number;
        };
        ChoiceBody: {
            /** @default false */
            everywhere: boolean;
            list: number;
            number: number;
            track_id?: string | null;
            /** @default false */
            undo: boolean;
        };
        Choices: {
            choices: components["schemas"]["ChoiceBody"][];
        };
        Conflict: {
            artist: string;
            here: string;
            there: string;
            title: string;
            track_id: string;
            what: string;
        };
        Continue: {
            changed_at: string;
            index: number;
            position_ms: number;
            track: components["schemas"]["TrackItem"];
        };
        Copied: {
            name?: string | null;
        };
        Correction: {
            bpm?: number | null;
            key?: string | null;
        };
        Cue: {
            /** @default null */
            beat: number | null;
            /** @default null */
            beats: number | null;
            /** @default null */
            bpm: number | null;
            /** @default null */
            colour: string | null;
            /** @default null */
            end_s: number | null;
            /** @enum {unknown} */
            kind: "cue" | "fade_in" | "fade_out" | "grid" | "load" | "loop";
            /** @default  */
            name: string;
            /** @default null */
            number: number | null;
            start_s: number;
        };
        CueBody: {
            beat?: number | null;
            beats?: number | null;
            bpm?: number | null;
            colour?: string | null;
            end_s?: number | null;
            /** @enum {string} */
            kind: "cue" | "loop" | "grid" | "fade_in" | "fade_out" | "load";
            /** @default  */
            name: string;
            number?: number | null;
            start_s: number;
        };
        CueCounts: {
            added: number;
            conflicts: number;
            dropped: number;
            replaced: number;
            same: number;
            tracks: number;
        };
        CueList: {
            cues: components["schemas"]["Cue"][];
        };
        Cues: {
            cues: components["schemas"]["CueBody"][];
        };
        CurveBody: {
            name?: ("rise" | "fall" | "arc" | "wave" | "flat") | null;
            /**
             * @default energy
             * @enum {string}
             */
            of: "energy" | "happy" | "sad" | "aggressive" | "relaxed" | "party" | "acoustic";
            points?: number[][] | null;
        };
        Disc: {
            disc: number | null;
            subtitle: string | null;
            tracks: components["schemas"]["TrackItem"][];
        };
        Duplicate: {
            kind: string;
            similarity: number;
            tracks: components["schemas"]["RecordingCopy"][];
        };
        DuplicatePage: {
            items: components["schemas"]["Duplicate"][];
            next: string | null;
            note: string | null;
            total: number;
        };
        EditItem: {
            bpm: number | null;
            edited_at: string;
            edited_by: string | null;
            key: string | null;
        };
        Effective: {
            bpm: number | null;
            bpm_source: string | null;
            camelot: string | null;
            energy: number | null;
            key: string | null;
            key_source: string | null;
        };
        EntryItem: {
            added_at: string;
            id: string;
            track: components["schemas"]["TrackItem"];
        };
        Failure: {
            detail: string | null;
            problem: string;
            track: components["schemas"]["TrackItem"];
        };
        FileQuality: {
            bit_depth: number | null;
            bit_rate_kbps: number | null;
            channels: number | null;
            codec: string;
            duration_s: number;
            format: string;
            lossless: boolean;
            sample_rate_hz: number | null;
            size: number;
        };
        FolderCheck: {
            audio_files_estimate: number;
            ok: boolean;
            reason: string | null;
        };
        FolderItem: {
            id: string;
            library_id: string;
            name: string;
            path: string;
        };
        FolderMove: {
            before?: string | null;
            parent_id?: string | null;
        };
        FolderName: {
            name: string;
        };
        FolderPage: {
            folder: components["schemas"]["FolderItem"] | null;
            folders: components["schemas"]["FolderItem"][];
            tracks: components["schemas"]["TrackItem"][];
        };
        FormatItem: {
            extension: string;
            holds: string;
            label: string;
            media_type: string;
            name: string;
            reads: boolean;
            writes: boolean;
        };
        FoundTrack: {
            reasons: components["schemas"]["Reason"][];
            score: number;
            track: components["schemas"]["TrackItem"];
        };
        Gain: {
            album_db: number | null;
            album_peak: number | null;
            track_db: number | null;
            track_peak: number | null;
        };
        GenreItem: {
            album_count: number;
            id: string;
            name: string;
            track_count: number;
        };
        GroupVersions: {
            key: number;
            loudness: number;
            tempo: number;
            timbre: number;
        };
        Home: {
            continue: components["schemas"]["Continue"] | null;
            most_played: components["schemas"]["AlbumItem"][];
            recently_added: components["schemas"]["AlbumItem"][];
            recently_played: components["schemas"]["AlbumItem"][];
        };
        HoursBody: {
            from: string;
            to: string;
        };
        HoursItem: {
            from: string;
            to: string;
        };
        Imported: {
            conflicts: components["schemas"]["Conflict"][];
            cues: components["schemas"]["CueCounts"];
            dry_run: boolean;
            format: string;
            matched: number;
            playlists: components["schemas"]["ListReport"][];
            ratings: components["schemas"]["StarCounts"];
            /** @default null */
            report_id: string | null;
            tracks: number;
        };
        ImportEntries: {
            items: components["schemas"]["ImportEntry"][];
            next: string | null;
            total: number;
        };
        ImportEntry: {
            album: string;
            artist: string;
            candidates: components["schemas"]["Candidate"][];
            duration_s: number | null;
            how: string;
            list: number;
            list_name: string;
            number: number;
            path: string;
            playlist_id: string | null;
            reason: string | null;
            score: number;
            /** @enum {unknown} */
            state: "chosen" | "matched" | "none" | "open";
            title: string;
            track: components["schemas"]["TrackItem"] | null;
        };
        ImportItem: {
            entries: number;
            format: string;
            id: string;
            made_at: string;
            matched: number;
            name: string;
        };
        Items_ApiKeyBody_: {
            items: components["schemas"]["ApiKeyBody"][];
        };
        Items_AppPasswordBody_: {
            items: components["schemas"]["AppPasswordBody"][];
        };
        Items_LinkBody_: {
            items: components["schemas"]["LinkBody"][];
        };
        Items_ListedInvitation_: {
            items: components["schemas"]["ListedInvitation"][];
        };
        Items_ListedSession_: {
            items: components["schemas"]["ListedSession"][];
        };
        Items_ListedUser_: {
            items: components["schemas"]["ListedUser"][];
        };
        Job: {
            attempts: number;
            created_at: string;
            error: string | null;
            finished_at: string | null;
            id: string;
            max_attempts: number;
            name: string;
            progress: number | null;
            progress_text: string | null;
            started_at: string | null;
            state: string;
        };
        JobBody: {
            attempts: number;
            created_at: string;
            error: string | null;
            finished_at: string | null;
            id: string;
            max_attempts: number;
            name: string;
            progress: number | null;
            progress_text: string | null;
            started_at: string | null;
            state: components["schemas"]["State"];
        };
        JobPage: {
            items: components["schemas"]["JobBody"][];
            next: string | null;
        };
        Knock: {
            password?: string | null;
            token: string;
        };
        LabelBody: {
            label: string;
        };
        LengthBody: {
            minutes?: number | null;
            tracks?: number | null;
        };
        LibraryChange: {
            name?: string | null;
            path?: string | null;
            watch?: boolean | null;
        };
        LibraryItem: {
            id: string;
            kind: string;
            last_scan: components["schemas"]["ScanItem"] | null;
            name: string;
            number: number;
            path?: string;
            tracks: number;
            watch: boolean;
            watch_problem: string | null;
        };
        LibraryPart: {
            id: string;
            name: string;
            songs: number;
        };
        Line: {
            album: string;
            artist: string;
            /** @default null */
            before: components["schemas"]["Before"] | null;
            /** @default [] */
            candidates: string[];
            duration_s: number | null;
            /** @default null */
            entry_id: string | null;
            how: string;
            number: number;
            path: string;
            /** @default null */
            reason: string | null;
            score: number;
            /** @default false */
            settled: boolean;
            title: string;
            /** @default null */
            track_id: string | null;
        };
        LinkBody: {
            created_at: string;
            issuer: string;
        };
        LinkItem: {
            kind: string;
            last_sync_at?: string | null;
            libraries?: string[];
            likes?: boolean;
            linked: boolean;
            name: string;
            playlists?: boolean;
            plays?: boolean;
            problem?: string | null;
            ratings?: boolean;
            report?: Record<string, never>;
            scrobbles?: boolean;
            server_id: string;
            url: string;
            username?: string;
        };
        LinkStart: {
            url: string;
        };
        ListedInvitation: {
            created_at: string;
            expires_at: string;
            id: string;
            role: components["schemas"]["Role"];
        };
        ListedSession: {
            client: string;
            created_at: string;
            current: boolean;
            device_name: string;
            id: string;
            last_seen_at: string;
        };
        ListedUser: {
            all_libraries: boolean;
            created_at: string;
            disabled_at: string | null;
            has_password: boolean;
            id: string;
            libraries: string[];
            name: string;
            preferences: {
                [key: string]: unknown;
            };
            role: components["schemas"]["Role"];
        };
        ListFileItem: {
            entries: number;
            id: string;
            library_id: string;
            missing: number;
            note: string;
            path: string;
            playlist_id: string | null;
            read_at: string;
            report_id: string | null;
            state: string;
        };
        ListReport: {
            entries: number;
            /** @default [] */
            folders: string[];
            matched: components["schemas"]["Line"][];
            missing: components["schemas"]["Line"][];
            name: string;
            /** @default null */
            playlist_id: string | null;
        };
        ListsMove: {
            before?: string | null;
            folder_id?: string | null;
            playlist_ids: string[];
        };
        LyricLine: {
            start_ms: number | null;
            text: string;
            words?: components["schemas"]["LyricWord"][];
        };
        Lyrics: {
            language: string;
            lines: components["schemas"]["LyricLine"][];
            offset_ms: number;
            source: string;
            synced: boolean;
        };
        LyricWord: {
            start_ms: number;
            text: string;
        };
        MadeInvitation: {
            code: string;
            created_at: string;
            expires_at: string;
            id: string;
            role: components["schemas"]["Role"];
        };
        MakeBody: {
            plan?: {
                [key: string]: unknown;
            } | null;
            /** @default 1 */
            seed: number;
            text?: string | null;
        };
        MapIds: {
            ids: string[];
        };
        MapIdsBody: {
            indexes: number[];
            layout: number;
        };
        Mapping: {
            local: string;
            remote: string;
        };
        MappingCheck: {
            found: number;
            missed: string | null;
            tried: number;
        };
        MappingList: {
            mappings: components["schemas"]["Mapping"][];
        };
        MapPlace: {
            index: number;
            layout: number;
            x: number;
            y: number;
        };
        MapRegion: {
            cover_ids: string[];
            hue: number;
            label: string;
            number: number;
            tracks: number;
            x: number;
            y: number;
        };
        MapState: {
            count: number;
            drawn_at: string | null;
            layout: number;
            regions: components["schemas"]["MapRegion"][];
            space: string | null;
            state: string;
        };
        MapTracks: {
            items: (components["schemas"]["TrackItem"] | null)[];
        };
        MapTracksBody: {
            indexes: number[];
            layout: number;
        };
        Measured: {
            acousticness_proxy: number | null;
            beat_offset_s: number | null;
            bpm: number | null;
            bpm_alt: number | null;
            bpm_confidence: number | null;
            bpm_stability: number | null;
            brightness: number | null;
            camelot: string | null;
            danceability: number | null;
            dynamic_complexity: number | null;
            energy: number | null;
            intro_end_s: number | null;
            key: string | null;
            key_alt: string | null;
            key_mode: string | null;
            key_strength: number | null;
            key_tonic: number | null;
            key_window: string | null;
            lra: number | null;
            lufs_i: number | null;
            onset_rate: number | null;
            outro_start_s: number | null;
            sample_peak_dbfs: number | null;
            silence_head_s: number | null;
            silence_tail_s: number | null;
            true_peak_dbtp: number | null;
            tuning_cents: number | null;
            valence_confidence: number | null;
            valence_proxy: number | null;
        };
        MeChange: {
            preferences: {
                [key: string]: unknown;
            };
        };
        MendProposal: {
            average_after: number | null;
            average_before: number | null;
            kind: string;
            other: number | null;
            position: number;
            score_after: number;
            score_before: number;
            slots: components["schemas"]["SlotPlace"][];
            track: components["schemas"]["TrackItem"] | null;
            weak_after: number;
        };
        MissingTrack: {
            album: string | null;
            artist: string;
            id: string;
            library_id: string | null;
            missing_at: string;
            path: string | null;
            title: string;
        };
        MixingTrack: {
            joint: components["schemas"]["SetJoint"];
            track: components["schemas"]["TrackItem"];
        };
        MixingTracks: {
            items: components["schemas"]["MixingTrack"][];
            note: string | null;
        };
        MoodItem: {
            mine: boolean;
            model: string | null;
            mood: string;
            source: string;
            value: number;
        };
        Moved: {
            before?: string | null;
            entry_ids: string[];
        };
        NewApiKey: {
            id: string;
            key: string;
            label: string;
        };
        NewAppPassword: {
            id: string;
            label: string;
            password: string;
            qr_svg: string;
            server_url: string;
        };
        NewFolder: {
            name: string;
            parent_id?: string | null;
        };
        NewInvitation: {
            /** @default 7 */
            days: number;
            /** @default user */
            role: components["schemas"]["Role"];
        };
        NewLibrary: {
            /** @default  */
            name: string;
            path: string;
        };
        NewLink: {
            likes?: boolean | null;
            password: string;
            playlists?: boolean | null;
            plays?: boolean | null;
            ratings?: boolean | null;
            scrobbles?: boolean | null;
            username: string;
        };
        NewPlaylist: {
            /** @default  */
            comment: string;
            name: string;
            /** @default false */
            public: boolean;
            rule?: {
                [key: string]: unknown;
            } | null;
            text?: string | null;
            /** @default [] */
            track_ids: string[];
        };
        NewRule: {
            rule?: {
                [key: string]: unknown;
            } | null;
            text?: string | null;
        };
        NewServer: {
            /** @default false */
            everyone: boolean;
            /** @default [] */
            mappings: components["schemas"]["Mapping"][];
            /** @default  */
            name: string;
            password: string;
            url: string;
            username: string;
        };
        NewSet: {
            curve?: components["schemas"]["CurveBody"] | null;
            length?: components["schemas"]["LengthBody"] | null;
            name: string;
            pool: components["schemas"]["PoolBody"];
            settings?: components["schemas"]["SettingsBody"] | null;
        };
        NewShare: {
            expires_at?: string | null;
            /** @default  */
            label: string;
            password?: string | null;
            /** @default true */
            plays: boolean;
        };
        NewUser: {
            libraries?: string[] | null;
            name: string;
            password: string;
            /** @default user */
            role: components["schemas"]["Role"];
        };
        Note: {
            note: string;
        };
        NowPlayingItem: {
            client: string;
            minutes_ago: number;
            position_ms: number;
            track: components["schemas"]["TrackItem"];
            user_id: string;
            user_name: string;
        };
        NspFile: {
            name?: string | null;
            nsp: string;
            public?: boolean | null;
        };
        NspImport: {
            playlist: components["schemas"]["PlaylistItem"];
            unknown: string[];
        };
        Offset: {
            offset_ms: number;
        };
        Oidc: {
            label: string;
        };
        Operation: {
            operationName?: string | null;
            query: string;
            variables?: {
                [key: string]: unknown;
            } | null;
        };
        Owner: {
            id: string;
            name: string;
        };
        OwnMoods: {
            acoustic?: number | null;
            aggressive?: number | null;
            happy?: number | null;
            party?: number | null;
            relaxed?: number | null;
            sad?: number | null;
        };
        OwnText: {
            text: string;
        };
        Pairs: {
            pairs: string[][];
        };
        Parted: {
            track_id: string;
        };
        PasswordChange: {
            /** @default  */
            current: string;
            new: string;
        };
        PasswordReset: {
            password: string;
        };
        PathBody: {
            bpm_step?: number | null;
            /**
             * @default {
             *       "key": []
             *     }
             */
            filters: components["schemas"]["SonicFilters"];
            from_id: string;
            /** @default false */
            keys_mix: boolean;
            /** @default 20 */
            length: number;
            per_artist?: number | null;
            to_id: string;
        };
        PathCheck: {
            path: string;
        };
        PathStep: {
            reasons: components["schemas"]["SharedTrait"][];
            similarity: number;
            step_similarity: number | null;
            track: components["schemas"]["TrackItem"];
        };
        Pin: {
            place: number;
            track_id: string;
        };
        PlannedBy: {
            by: string;
            /** @default null */
            fallback: string | null;
            /** @default null */
            model: string | null;
        };
        PlaybackManifest: {
            channels: number;
            duration_s: number;
            gain: components["schemas"]["Gain"];
            sample_rate_hz: number;
            samples: number;
            silence: components["schemas"]["Silence"] | null;
            source: components["schemas"]["SourceFacts"];
            tiers: components["schemas"]["Tier"][];
            track_id: string;
            version: string;
            /** @enum {unknown} */
            waveform: "failed" | "pending" | "ready";
        };
        PlayItem: {
            client: string;
            id: string;
            played_s: number | null;
            started_at: string;
            track: components["schemas"]["TrackItem"];
        };
        PlaylistChange: {
            comment?: string | null;
            name?: string | null;
            public?: boolean | null;
        };
        PlaylistDetail: {
            changed_at: string;
            comment: string;
            /** @default null */
            cover: string | null;
            cover_ids: string[];
            created_at: string;
            duration_s: number;
            entries: components["schemas"]["EntryItem"][];
            /** @default false */
            follows_file: boolean;
            id: string;
            mine: boolean;
            name: string;
            owner: components["schemas"]["Owner"];
            public: boolean;
            /** @default false */
            smart: boolean;
            track_count: number;
            /** @default null */
            valid_until: string | null;
            version: number;
        };
        PlaylistFolder: {
            id: string;
            name: string;
            parent_id: string | null;
        };
        PlaylistItem: {
            changed_at: string;
            comment: string;
            /** @default null */
            cover: string | null;
            cover_ids: string[];
            created_at: string;
            duration_s: number;
            /** @default false */
            follows_file: boolean;
            id: string;
            mine: boolean;
            name: string;
            owner: components["schemas"]["Owner"];
            public: boolean;
            /** @default false */
            smart: boolean;
            track_count: number;
            /** @default null */
            valid_until: string | null;
            version: number;
        };
        PlaylistPlace: {
            folder_id: string | null;
            playlist_id: string;
        };
        PlaylistRule: {
            names: {
                [key: string]: string;
            };
            not_in_nsp: string[];
            rule: Record<string, never>;
            sentence: string;
            text: string;
        };
        PlaylistShelf: {
            folders: components["schemas"]["PlaylistFolder"][];
            places: components["schemas"]["PlaylistPlace"][];
        };
        PlayReport: {
            /** @default  */
            client: string;
            id?: string | null;
            played_s?: number | null;
            /** Format: date-time */
            started_at: string;
            track_id: string;
        };
        PlayReports: {
            items: components["schemas"]["PlayReport"][];
        };
        PoolBody: {
            id?: string | null;
            /** @enum {string} */
            kind: "playlist" | "folder" | "rule" | "genre" | "liked" | "tracks" | "library";
            rule?: {
                [key: string]: unknown;
            } | null;
            track_ids?: string[] | null;
        };
        PoolInfo: {
            duration_s: number;
            levels: components["schemas"]["PoolLevel"][];
            note: string | null;
            tracks: number;
            used: number;
            without_key: number;
            without_level: number;
            without_tempo: number;
        };
        PoolLevel: {
            of: string;
            tracks: number;
        };
        Present: {
            /** @default  */
            client: string;
            /** @default 0 */
            position_ms: number;
            track_id: string | null;
        };
        Problem: {
            code: string;
            detail: string;
            errors?: {
                detail: string;
                field: string;
            }[];
            field?: string;
            request_id: string | null;
            status: number;
            title: string;
            type: string;
        };
        PromptChip: {
            editable: boolean;
            kind: string;
            label: string;
            never: boolean;
            sure: boolean;
            text: string;
            value: Record<string, never>;
            words: string;
        };
        PromptCurve: {
            asked: boolean;
            name: string;
            points: number[][];
        };
        PromptMade: {
            by: components["schemas"]["PlannedBy"];
            chips: components["schemas"]["PromptChip"][];
            considered: number;
            curve: components["schemas"]["PromptCurve"];
            duration_s: number;
            fitting: number;
            in_key: number;
            joints: number;
            leftovers: string[];
            notes: components["schemas"]["PromptNote"][];
            plan: Record<string, never>;
            seed: number;
            tracks: components["schemas"]["PromptTrack"][];
            wanted_s: number | null;
            wanted_tracks: number | null;
        };
        PromptNote: {
            kind: string;
            text: string;
            /** @default {} */
            values: Record<string, never>;
        };
        PromptPlanned: {
            by: components["schemas"]["PlannedBy"];
            chips: components["schemas"]["PromptChip"][];
            leftovers: string[];
            notes: components["schemas"]["PromptNote"][];
            plan: Record<string, never>;
        };
        PromptSaved: {
            left_out: string[];
            live: boolean;
            playlist: components["schemas"]["PlaylistItem"];
        };
        PromptTrack: {
            energy: number | null;
            level: number | null;
            locked: boolean;
            reason: string;
            reasons: string[];
            track: components["schemas"]["TrackItem"];
            wanted: number;
        };
        Purge: {
            ids: "all" | string[];
        };
        Purged: {
            purged: number;
        };
        Quality: {
            bit_depth: number | null;
            bit_rate_kbps: number | null;
            formats: string[];
            lossless: boolean;
            sample_rate_hz: number | null;
            size: number;
        };
        Queue: {
            changed_by?: string | null;
            current_index?: number | null;
            /** @default 0 */
            position_ms: number;
            track_ids: string[];
        };
        Queued: {
            job_id: string;
        };
        QueueOrder: {
            order: number[];
            seed: number;
        };
        Reason: {
            /** @enum {unknown} */
            kind: "filter" | "meaning" | "name";
            text: string;
        };
        Recorded: {
            accepted: number;
            new: number;
        };
        RecordingCopy: {
            best: boolean;
            path: string | null;
            quality: components["schemas"]["FileQuality"];
            track: components["schemas"]["TrackItem"];
        };
        RefreshBody: {
            refresh_token?: string | null;
        };
        Removed: {
            entry_ids: string[];
        };
        Replaced: {
            track_ids: string[];
        };
        Report: {
            entries: number;
            format: string;
            matched: number;
            name: string;
            playlists: components["schemas"]["ListReport"][];
        };
        resonance__api__rest__remote__ServerChange: {
            everyone?: boolean | null;
            mappings?: components["schemas"]["Mapping"][] | null;
            name?: string | null;
            password?: string | null;
            url?: string | null;
            username?: string | null;
        };
        resonance__api__rest__server__ServerChange: {
            /** @enum {string} */
            sign_up: "closed" | "invitation" | "open";
        };
        Restored: {
            version: number;
        };
        /** @enum {string} */
        Role: "admin" | "user" | "guest";
        RuleFieldItem: {
            group: string;
            kind: string;
            label: string;
            name: string;
            nsp: string | null;
            operators: string[];
            personal: boolean;
            sortable: boolean;
            suggests: boolean;
            unit: string | null;
        };
        RulePreview: {
            count: number;
            duration_s: number;
            items: components["schemas"]["TrackItem"][];
            kept: number;
            names: {
                [key: string]: string;
            };
            rule: Record<string, never>;
            sentence: string;
            text: string;
            took_ms: number;
            unknown: string[];
        };
        RuleQuestion: {
            /** @default 40 */
            limit: number;
            nsp?: string | null;
            rule?: {
                [key: string]: unknown;
            } | null;
            text?: string | null;
        };
        RuleSuggestion: {
            /** @default null */
            tracks: number | null;
            value: string;
        };
        RunFault: {
            code: string;
            detail: string;
            field: string | null;
        };
        SaveBody: {
            /** @default false */
            live: boolean;
            name: string;
            plan: {
                [key: string]: unknown;
            };
            /** @default 1 */
            seed: number;
        };
        SavedQueue: {
            changed_at: string | null;
            changed_by: string;
            current_index: number | null;
            position_ms: number;
            track_ids: string[];
        };
        ScanItem: {
            added: number;
            broken: number;
            error: string | null;
            files: number;
            finished_at: string | null;
            id: string;
            library_id: string;
            missing: number;
            reason: string;
            seen: number;
            started_at: string;
            state: string;
            unchanged: number;
            updated: number;
        };
        ScanRequest: {
            /** @default false */
            full: boolean;
        };
        SearchResult: {
            albums: components["schemas"]["AlbumItem"][];
            artists: components["schemas"]["ArtistItem"][];
            genres: components["schemas"]["GenreItem"][];
            playlists: components["schemas"]["PlaylistItem"][];
            top: (components["schemas"]["TopTrack"] | components["schemas"]["TopAlbum"] | components["schemas"]["TopArtist"]) | null;
            tracks: components["schemas"]["TrackItem"][];
        };
        Sentence: {
            text: string;
        };
        Server: {
            lyrics_search: boolean;
            name: string;
            oidc: components["schemas"]["Oidc"] | null;
            setup_code_required: boolean;
            setup_required: boolean;
            /** @enum {string} */
            sign_up: "closed" | "invitation" | "open";
            version: string;
        };
        ServerFound: {
            kind: string;
            libraries: string[];
        };
        ServerItem: {
            everyone: boolean;
            id: string;
            kind: string;
            last_run: components["schemas"]["SyncRun"] | null;
            last_sync_at: string | null;
            libraries: components["schemas"]["LibraryPart"][];
            links: number;
            mappings: string[][];
            name: string;
            problem: string | null;
            url: string;
            username: string;
        };
        SessionBody: {
            access_token?: string | null;
            csrf_token: string;
            expires_at: string;
            refresh_token?: string | null;
            user: components["schemas"]["UserBody"];
        };
        SetChange: {
            curve?: components["schemas"]["CurveBody"] | null;
            length?: components["schemas"]["LengthBody"] | null;
            name?: string | null;
            pool?: components["schemas"]["PoolBody"] | null;
            settings?: components["schemas"]["SettingsBody"] | null;
        };
        SetCurve: {
            /** @default null */
            name: string | null;
            /** @default energy */
            of: string;
            /** @default null */
            points: number[][] | null;
        };
        SetDetail: {
            average_score: number | null;
            changed_at: string;
            cover_ids: string[];
            created_at: string;
            curve: components["schemas"]["SetCurve"];
            duration_s: number;
            energy: components["schemas"]["SetLevel"][];
            id: string;
            joints: components["schemas"]["SetJoint"][];
            length: components["schemas"]["SetLength"];
            name: string;
            pool: components["schemas"]["SetPool"];
            settings: components["schemas"]["SetSettings"];
            slots: components["schemas"]["SetSlot"][];
            statistics: components["schemas"]["SetStatistics"];
            track_count: number;
            version: number;
            weak: number;
        };
        SetItem: {
            average_score: number | null;
            changed_at: string;
            cover_ids: string[];
            created_at: string;
            duration_s: number;
            id: string;
            name: string;
            pool: components["schemas"]["SetPool"];
            track_count: number;
            version: number;
            weak: number;
        };
        SetJoint: {
            a: string;
            b: string;
            compatible: boolean | null;
            costs: {
                [key: string]: number;
            };
            relation: string | null;
            score: number;
            tempo_change_pct: number | null;
            tempo_factor: number | null;
            weak_reason: string | null;
        };
        SetLength: {
            /** @default null */
            minutes: number | null;
            /** @default null */
            tracks: number | null;
        };
        SetLevel: {
            level: number | null;
            wanted: number;
        };
        SetPool: {
            /** @default null */
            id: string | null;
            kind: string;
            /** @default null */
            rule: Record<string, never> | null;
            /** @default null */
            track_ids: string[] | null;
        };
        SetProposal: {
            cost: number;
            energy: components["schemas"]["SetLevel"][];
            exact: boolean;
            joints: components["schemas"]["SetJoint"][];
            pool: components["schemas"]["PoolInfo"];
            reproducible: boolean;
            seed: number;
            slots: components["schemas"]["SetSlot"][];
            statistics: components["schemas"]["SetStatistics"];
        };
        SetRun: {
            best_cost: number | null;
            best_score: number | null;
            fault: components["schemas"]["RunFault"] | null;
            progress: number;
            reproducible: boolean;
            result: components["schemas"]["SetProposal"] | null;
            run_id: string;
            seconds: number;
            set_id: string;
            state: string;
        };
        SetSettings: {
            /** @default 1 */
            album_gap: number;
            /** @default 3 */
            artist_gap: number;
            /** @default [] */
            ignore: string[];
            /** @default null */
            max_per_artist: number | null;
            /** @default 0 */
            seed: number;
        };
        SetSlot: {
            joined: boolean;
            locked: boolean;
            track: components["schemas"]["TrackItem"] | null;
            track_id: string;
        };
        SetStatistics: {
            artists: number;
            average_score: number | null;
            bpm_high: number | null;
            bpm_low: number | null;
            compatible: number;
            duration_s: number;
            energy_error: number | null;
            fair: number;
            good: number;
            keys_known: number;
            lowest_score: number | null;
            most_by_one_artist: number;
            tempo_known: number;
            tempo_near: number;
            tracks: number;
            weak: number;
        };
        SettingsBody: {
            /** @default 1 */
            album_gap: number;
            /** @default 3 */
            artist_gap: number;
            /** @default [] */
            ignore: ("tempo" | "key" | "jump" | "sound" | "mix")[];
            max_per_artist?: number | null;
            /** @default 0 */
            seed: number;
        };
        Settled: {
            entries: components["schemas"]["ImportEntry"][];
            matched: number;
            open: number;
            playlists: components["schemas"]["PlaylistItem"][];
        };
        SetupBody: {
            device_name?: string | null;
            name: string;
            password: string;
            setup_code?: string | null;
        };
        SetVersion: {
            average_score: number | null;
            change: string;
            changed_at: string;
            name: string;
            tracks: number;
            version: number;
        };
        ShareChange: {
            expires_at?: string | null;
            label?: string | null;
            password?: string | null;
            plays?: boolean | null;
        };
        SharedList: {
            comment: string;
            duration_s: number;
            expires_at: string | null;
            has_cover: boolean;
            id: string;
            name: string;
            owner: components["schemas"]["Owner"];
            plays: boolean;
            tracks: components["schemas"]["SharedTrack"][];
        };
        ShareDoor: {
            list: components["schemas"]["SharedList"] | null;
            needs_password: boolean;
        };
        SharedTrack: {
            album: string;
            artist: string;
            cover_id: string | null;
            duration_s: number;
            id: string;
            title: string;
        };
        SharedTrait: {
            kind: string;
            text: string;
        };
        ShareItem: {
            created_at: string;
            expired: boolean;
            expires_at: string | null;
            has_password: boolean;
            id: string;
            label: string;
            name: string;
            opened: number;
            opened_at: string | null;
            playlist_id: string | null;
            plays: boolean;
            secret: string | null;
        };
        SignInBody: {
            device_name?: string | null;
            name: string;
            password: string;
            /** @default false */
            token: boolean;
        };
        SignUpBody: {
            device_name?: string | null;
            invitation?: string | null;
            name: string;
            password: string;
        };
        Silence: {
            lead_s: number;
            trail_s: number;
        };
        SimilarAlbum: {
            album: components["schemas"]["AlbumItem"];
            reasons: components["schemas"]["SharedTrait"][];
            score: number;
        };
        SimilarAlbums: {
            by: string;
            items: components["schemas"]["SimilarAlbum"][];
            note: string | null;
        };
        SimilarArtist: {
            artist: components["schemas"]["ArtistItem"];
            reasons: components["schemas"]["SharedTrait"][];
            score: number;
        };
        SimilarArtists: {
            by: string;
            items: components["schemas"]["SimilarArtist"][];
            note: string | null;
        };
        SimilarTrack: {
            reasons: components["schemas"]["SharedTrait"][];
            score: number;
            track: components["schemas"]["TrackItem"];
        };
        SimilarTracks: {
            by: string;
            items: components["schemas"]["SimilarTrack"][];
            note: string | null;
        };
        SlotAlternative: {
            gain: number;
            joint_after: components["schemas"]["SetJoint"] | null;
            joint_before: components["schemas"]["SetJoint"] | null;
            level: number | null;
            score: number;
            track: components["schemas"]["TrackItem"];
        };
        SlotBody: {
            /** @default false */
            joined: boolean;
            /** @default false */
            locked: boolean;
            track_id: string;
        };
        SlotPlace: {
            /** @default false */
            joined: boolean;
            /** @default false */
            locked: boolean;
            track_id: string;
        };
        Slots: {
            /** @default false */
            arranged: boolean;
            slots: components["schemas"]["SlotBody"][];
            version?: number | null;
        };
        SonicFilters: {
            bpm_max?: number | null;
            bpm_min?: number | null;
            genre_id?: string | null;
            /** @default [] */
            key: string[];
            year_from?: number | null;
            year_to?: number | null;
        };
        SonicPath: {
            items: components["schemas"]["PathStep"][];
            note: string | null;
        };
        SortedBy: {
            /** @enum {string} */
            by: "title" | "artist" | "album" | "year" | "duration" | "added" | "bpm" | "key" | "energy";
            /** @default false */
            descending: boolean;
        };
        SourceFacts: {
            bit_depth: number | null;
            bit_rate_kbps: number | null;
            codec: string;
            format: string;
            lossless: boolean;
            sample_rate_hz: number | null;
        };
        StarCounts: {
            added: number;
            conflicts: number;
            replaced: number;
            same: number;
        };
        Stars: {
            stars: number;
        };
        Start: {
            /** @default false */
            force: boolean;
            /** @default [] */
            groups: string[];
            track_ids?: string[] | null;
        };
        /** @enum {string} */
        State: "queued" | "running" | "done" | "failed" | "cancelled";
        Status: {
            analysers: string[];
            eta_s: number | null;
            failed: number;
            full_done: number;
            hours: components["schemas"]["HoursItem"] | null;
            per_minute: number | null;
            quick_done: number;
            reason: string | null;
            stage: string | null;
            /** @enum {unknown} */
            state: "idle" | "paused" | "running" | "waiting";
            tracks: number;
            workers: number;
        };
        Steering: {
            hours?: components["schemas"]["HoursBody"] | null;
            paused?: boolean | null;
        };
        SyncCounts: {
            added: number;
            joined: number;
            notes_left_out: number;
            pages: number;
            removed: number;
            requests: number;
            seen: number;
            total: number;
            unchanged: number;
            unmatched: number;
            updated: number;
        };
        SyncNote: {
            action: string;
            number: number;
            remote_id: string | null;
            title: string;
            track_id: string | null;
            why: string;
        };
        SyncRun: {
            counts: components["schemas"]["SyncCounts"];
            error: string | null;
            finished_at: string | null;
            full: boolean;
            id: string;
            people: Record<string, never>[];
            reason: string;
            server_id: string;
            started_at: string;
            state: string;
            step: string;
        };
        SyncWish: {
            /** @default false */
            full: boolean;
        };
        TagItem: {
            tag: string;
            track_count: number;
        };
        Tags: {
            tags: string[];
        };
        TagValues: {
            bpm: number | null;
            key: string | null;
        };
        Tier: {
            bit_depth: number | null;
            bit_rate_kbps: number | null;
            /** @enum {unknown} */
            container: "adts" | "fmp4" | "mp3";
            delay_samples: number;
            fragment_samples: number;
            fragments: number;
            init: boolean;
            lossless: boolean;
            mime: string;
            name: string;
            original: boolean;
            sample_rate_hz: number;
            samples: number;
            splice: boolean;
        };
        TimerBody: {
            every_s: number;
            last_at: string;
            name: string;
            next_at: string;
        };
        Timers: {
            items: components["schemas"]["TimerBody"][];
        };
        TopAlbum: {
            accent: components["schemas"]["Accent"] | null;
            added_at: string;
            artist: string;
            artists: components["schemas"]["ArtistRef"][];
            compilation: boolean;
            cover_id: string | null;
            duration_s: number;
            genres: string[];
            id: string;
            /** @enum {unknown} */
            kind: "album";
            liked: boolean;
            liked_at: string | null;
            mbid: string | null;
            original_year: number | null;
            placeholder: string | null;
            rating: number;
            sort_title: string;
            title: string;
            track_count: number;
            year: number | null;
        };
        TopArtist: {
            album_count: number;
            cover_id: string | null;
            id: string;
            image_id: string | null;
            /** @enum {unknown} */
            kind: "artist";
            letter: string;
            liked: boolean;
            liked_at: string | null;
            mbid: string | null;
            name: string;
            rating: number;
            sort_name: string;
            track_count: number;
        };
        TopTrack: {
            accent: components["schemas"]["Accent"] | null;
            added_at: string;
            album: string | null;
            album_artist: string | null;
            album_id: string | null;
            artist: string;
            artists: components["schemas"]["ArtistRef"][];
            bit_depth: number | null;
            bit_rate_kbps: number | null;
            bpm: number | null;
            bpm_confidence: number | null;
            bpm_source: string | null;
            bpm_tag: number | null;
            camelot: string | null;
            channels: number | null;
            codec: string | null;
            cover_id: string | null;
            disc: number | null;
            duration_s: number;
            energy: number | null;
            explicit: boolean;
            format: string | null;
            gain_album_db: number | null;
            gain_track_db: number | null;
            genres: string[];
            has_lyrics: boolean;
            id: string;
            key: string | null;
            key_confidence: number | null;
            key_source: string | null;
            key_tag: string | null;
            /** @enum {unknown} */
            kind: "track";
            last_played_at: string | null;
            liked: boolean;
            liked_at: string | null;
            mbid: string | null;
            number: number | null;
            peak_album: number | null;
            peak_track: number | null;
            play_count: number;
            rating: number;
            sample_rate_hz: number | null;
            size: number | null;
            sort_title: string;
            title: string;
            year: number | null;
        };
        TrackAnalysis: {
            analysed_at: string | null;
            analyser: string | null;
            detail: string | null;
            edits: components["schemas"]["EditItem"] | null;
            effective: components["schemas"]["Effective"];
            measured: components["schemas"]["Measured"] | null;
            moods: components["schemas"]["MoodItem"][];
            problem: string | null;
            /** @enum {unknown} */
            state: "failed" | "measured" | "partly" | "pending";
            tags: components["schemas"]["TagValues"];
            track_id: string;
            versions: components["schemas"]["GroupVersions"];
        };
        TrackAnswer: {
            by: components["schemas"]["AnsweredBy"];
            items: components["schemas"]["FoundTrack"][];
            next: string | null;
            total: number | null;
            understood: components["schemas"]["Understood"][];
        };
        TrackDetail: {
            accent: components["schemas"]["Accent"] | null;
            added_at: string;
            album: string | null;
            album_artist: string | null;
            album_id: string | null;
            artist: string;
            artists: components["schemas"]["ArtistRef"][];
            bit_depth: number | null;
            bit_rate_kbps: number | null;
            bpm: number | null;
            bpm_confidence: number | null;
            bpm_source: string | null;
            bpm_tag: number | null;
            camelot: string | null;
            carriers: components["schemas"]["CarrierItem"][];
            channels: number | null;
            codec: string | null;
            comment: string | null;
            composers: string[];
            cover_id: string | null;
            date: string | null;
            disc: number | null;
            duration_s: number;
            energy: number | null;
            explicit: boolean;
            format: string | null;
            gain_album_db: number | null;
            gain_track_db: number | null;
            genres: string[];
            has_lyrics: boolean;
            id: string;
            isrc: string | null;
            key: string | null;
            key_confidence: number | null;
            key_source: string | null;
            key_tag: string | null;
            last_played_at: string | null;
            liked: boolean;
            liked_at: string | null;
            mbid: string | null;
            mbids: components["schemas"]["TrackMbids"];
            note: string;
            number: number | null;
            original_date: string | null;
            path: string | null;
            peak_album: number | null;
            peak_track: number | null;
            play_count: number;
            rating: number;
            sample_rate_hz: number | null;
            size: number | null;
            sort_title: string;
            tags: string[];
            title: string;
            year: number | null;
        };
        TrackIds: {
            ids: string[];
        };
        TrackItem: {
            accent: components["schemas"]["Accent"] | null;
            added_at: string;
            album: string | null;
            album_artist: string | null;
            album_id: string | null;
            artist: string;
            artists: components["schemas"]["ArtistRef"][];
            bit_depth: number | null;
            bit_rate_kbps: number | null;
            bpm: number | null;
            bpm_confidence: number | null;
            bpm_source: string | null;
            bpm_tag: number | null;
            camelot: string | null;
            channels: number | null;
            codec: string | null;
            cover_id: string | null;
            disc: number | null;
            duration_s: number;
            energy: number | null;
            explicit: boolean;
            format: string | null;
            gain_album_db: number | null;
            gain_track_db: number | null;
            genres: string[];
            has_lyrics: boolean;
            id: string;
            key: string | null;
            key_confidence: number | null;
            key_source: string | null;
            key_tag: string | null;
            last_played_at: string | null;
            liked: boolean;
            liked_at: string | null;
            mbid: string | null;
            number: number | null;
            peak_album: number | null;
            peak_track: number | null;
            play_count: number;
            rating: number;
            sample_rate_hz: number | null;
            size: number | null;
            sort_title: string;
            title: string;
            year: number | null;
        };
        TrackMbids: {
            album: string | null;
            recording: string | null;
            release_group: string | null;
            track: string | null;
        };
        Tracks: {
            /** @default Resonance */
            name: string;
            track_ids: string[];
        };
        Understood: {
            means: string;
            word: string;
        };
        Unordered: {
            seed?: number | null;
            track_ids: string[];
        };
        UserBody: {
            all_libraries: boolean;
            created_at: string;
            has_password: boolean;
            id: string;
            libraries: string[];
            name: string;
            preferences: {
                [key: string]: unknown;
            };
            role: components["schemas"]["Role"];
        };
        UserChange: {
            disabled?: boolean | null;
            libraries?: string[] | null;
            role?: components["schemas"]["Role"] | null;
        };
        Wants: {
            likes?: boolean | null;
            playlists?: boolean | null;
            plays?: boolean | null;
            ratings?: boolean | null;
            scrobbles?: boolean | null;
        };
        Waveform: {
            lead_silence_s?: number;
            peaks?: number[];
            reason?: string;
            /** @enum {unknown} */
            state: "failed" | "pending" | "ready";
            trail_silence_s?: number;
        };
        YearItem: {
            album_count: number;
            year: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_albums_api_v1_albums_get: {
        parameters: {
            query?: {
                artist_id?: string | null;
                cursor?: string | null;
                genre_id?: string | null;
                letter?: string | null;
                liked?: boolean | null;
                limit?: number;
                order?: ("asc" | "desc") | null;
                sort?: "title" | "artist" | "year" | "added" | "random" | "recently_played" | "most_played" | "rating" | "liked";
                year_from?: number | null;
                year_to?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AlbumItem"][];
                        next: string | null;
                        total?: number | null;
                    };
                };
            };
        };
    };
    get_album_api_v1_albums__album_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlbumDetail"];
                };
            };
        };
    };
    similar_albums_api_v1_albums__album_id__similar_get: {
        parameters: {
            query?: {
                by?: "sound" | "tags" | "mixed";
                limit?: number;
            };
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimilarAlbums"];
                };
            };
        };
    };
    get_analysis_api_v1_analysis_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
        };
    };
    steer_analysis_api_v1_analysis_patch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Steering"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
        };
    };
    list_failures_api_v1_analysis_failures_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Failure"][];
                        next: string | null;
                        total?: number | null;
                    };
                };
            };
        };
    };
    start_analysis_api_v1_analysis_start_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Start"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
        };
    };
    artist_image_api_v1_artist_images__artist_id__get: {
        parameters: {
            query?: {
                size?: number;
            };
            header?: never;
            path: {
                artist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_artists_api_v1_artists_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                letter?: string | null;
                liked?: boolean | null;
                limit?: number;
                order?: ("asc" | "desc") | null;
                sort?: "name" | "albums" | "added";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ArtistItem"][];
                        next: string | null;
                        total?: number | null;
                    };
                };
            };
        };
    };
    get_artist_api_v1_artists__artist_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                artist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArtistDetail"];
                };
            };
        };
    };
    similar_artists_api_v1_artists__artist_id__similar_get: {
        parameters: {
            query?: {
                by?: "sound" | "tags" | "mixed";
                limit?: number;
            };
            header?: never;
            path: {
                artist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimilarArtists"];
                };
            };
        };
    };
    cover_api_v1_artwork__cover_id__get: {
        parameters: {
            query?: {
                size?: number;
            };
            header?: never;
            path: {
                cover_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    original_cover_api_v1_artwork__cover_id__original_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cover_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    callback_api_v1_auth_oidc_callback_get: {
        parameters: {
            query?: {
                code?: string;
                error?: string;
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    start_api_v1_auth_oidc_start_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    refresh_api_v1_auth_refresh_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshBody"] | null;
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionBody"];
                };
            };
        };
    };
    sign_in_api_v1_auth_sign_in_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInBody"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionBody"];
                };
            };
        };
    };
    sign_out_api_v1_auth_sign_out_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sign_up_api_v1_auth_sign_up_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignUpBody"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionBody"];
                };
            };
        };
    };
    list_broken_files_api_v1_broken_files_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                library_id?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BrokenFile"][];
                        next: string | null;
                        total?: number | null;
                    };
                };
            };
        };
    };
    list_duplicates_api_v1_duplicates_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DuplicatePage"];
                };
            };
        };
    };
    export_one_api_v1_exports__kind___item_id__get: {
        parameters: {
            query: {
                format: "rekordbox" | "nml" | "m3u8" | "xspf" | "jspf" | "csv";
                from?: string[] | null;
                program_times?: boolean;
                to?: string[] | null;
            };
            header?: never;
            path: {
                item_id: string;
                kind: "playlist" | "set";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                    "application/octet-stream": string;
                    "application/xml": string;
                    "application/xspf+xml": string;
                    "application/zip": string;
                    "audio/x-mpegurl": string;
                    "text/csv": string;
                };
            };
        };
    };
    export_all_api_v1_exports_all_get: {
        parameters: {
            query: {
                format: "rekordbox" | "nml" | "m3u8" | "xspf" | "jspf" | "csv";
                from?: string[] | null;
                program_times?: boolean;
                to?: string[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                    "application/octet-stream": string;
                    "application/xml": string;
                    "application/xspf+xml": string;
                    "application/zip": string;
                    "audio/x-mpegurl": string;
                    "text/csv": string;
                };
            };
        };
    };
    list_formats_api_v1_exports_formats_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FormatItem"][];
                    };
                };
            };
        };
    };
    export_tracks_api_v1_exports_tracks_post: {
        parameters: {
            query: {
                format: "rekordbox" | "nml" | "m3u8" | "xspf" | "jspf" | "csv";
                from?: string[] | null;
                program_times?: boolean;
                to?: string[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Tracks"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                    "application/octet-stream": string;
                    "application/xml": string;
                    "application/xspf+xml": string;
                    "application/zip": string;
                    "audio/x-mpegurl": string;
                    "text/csv": string;
                };
            };
        };
    };
    list_folder_api_v1_folders_get: {
        parameters: {
            query?: {
                library_id?: string | null;
                path?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FolderPage"];
                };
            };
        };
    };
    list_genres_api_v1_genres_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["GenreItem"][];
                    };
                };
            };
        };
    };
    home_api_v1_home_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Home"];
                };
            };
        };
    };
    mine_api_v1_imports_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ImportItem"][];
                    };
                };
            };
        };
    };
    import_file_api_v1_imports_post: {
        parameters: {
            query?: {
                cues?: "merge" | "replace" | "skip";
                dry_run?: boolean;
                format?: string | null;
                from?: string[] | null;
                grids?: boolean;
                lists?: "add" | "replace" | "skip";
                name?: string;
                program_times?: boolean;
                ratings?: "keep" | "replace" | "skip";
                to?: string[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Imported"];
                };
            };
        };
    };
    report_api_v1_imports__report_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
        };
    };
    forget_api_v1_imports__report_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    choose_api_v1_imports__report_id__choices_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Choices"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settled"];
                };
            };
        };
    };
    entries_api_v1_imports__report_id__entries_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                state?: "open" | "settled" | "matched" | "all";
            };
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportEntries"];
                };
            };
        };
    };
    report_file_api_v1_imports__report_id__file_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "text/csv": string;
                };
            };
        };
    };
    invitations_api_v1_invitations_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_ListedInvitation_"];
                };
            };
        };
    };
    invite_api_v1_invitations_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvitation"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeInvitation"];
                };
            };
        };
    };
    withdraw_api_v1_invitations__invitation_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_jobs_api_v1_jobs_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                state?: components["schemas"]["State"] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
        };
    };
    get_job_api_v1_jobs__job_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobBody"];
                };
            };
        };
    };
    cancel_job_api_v1_jobs__job_id__cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobBody"];
                };
            };
        };
    };
    retry_job_api_v1_jobs__job_id__retry_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobBody"];
                };
            };
        };
    };
    get_joints_api_v1_joints_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Pairs"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SetJoint"][];
                    };
                };
            };
        };
    };
    list_libraries_api_v1_libraries_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["LibraryItem"][];
                    };
                };
            };
        };
    };
    add_library_api_v1_libraries_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLibrary"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LibraryItem"];
                };
            };
        };
    };
    remove_library_api_v1_libraries__library_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_library_api_v1_libraries__library_id__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LibraryChange"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LibraryItem"];
                };
            };
        };
    };
    scan_library_api_v1_libraries__library_id__scan_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                library_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ScanRequest"] | null;
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanItem"];
                };
            };
        };
    };
    check_path_api_v1_libraries_check_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PathCheck"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FolderCheck"];
                };
            };
        };
    };
    like_api_v1_likes__kind___item_id__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
                kind: "track" | "album" | "artist";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unlike_api_v1_likes__kind___item_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
                kind: "track" | "album" | "artist";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_map_api_v1_map_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapState"];
                };
            };
        };
    };
    draw_map_api_v1_map_draw_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
        };
    };
    map_ids_api_v1_map_ids_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MapIdsBody"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapIds"];
                };
            };
        };
    };
    map_place_api_v1_map_place__track_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapPlace"];
                };
            };
        };
    };
    get_points_api_v1_map_points_get: {
        parameters: {
            query?: {
                layout?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
        };
    };
    map_tracks_api_v1_map_tracks_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MapTracksBody"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapTracks"];
                };
            };
        };
    };
    me_api_v1_me_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserBody"];
                };
            };
        };
    };
    change_api_v1_me_patch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeChange"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserBody"];
                };
            };
        };
    };
    api_keys_api_v1_me_api_keys_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_ApiKeyBody_"];
                };
            };
        };
    };
    new_api_key_api_v1_me_api_keys_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LabelBody"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
        };
    };
    revoke_api_key_api_v1_me_api_keys__api_key_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                api_key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    app_passwords_api_v1_me_app_passwords_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_AppPasswordBody_"];
                };
            };
        };
    };
    new_app_password_api_v1_me_app_passwords_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LabelBody"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewAppPassword"];
                };
            };
        };
    };
    revoke_app_password_api_v1_me_app_passwords__app_password_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_password_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    links_api_v1_me_oidc_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_LinkBody_"];
                };
            };
        };
    };
    link_api_v1_me_oidc_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkStart"];
                };
            };
        };
    };
    unlink_api_v1_me_oidc_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    password_api_v1_me_password_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    my_servers_api_v1_me_servers_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["LinkItem"][];
                    };
                };
            };
        };
    };
    link_account_api_v1_me_servers__server_id__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLink"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkItem"];
                };
            };
        };
    };
    unlink_account_api_v1_me_servers__server_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_account_api_v1_me_servers__server_id__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Wants"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkItem"];
                };
            };
        };
    };
    sync_account_api_v1_me_servers__server_id__sync_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queued"];
                };
            };
        };
    };
    sessions_api_v1_me_sessions_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_ListedSession_"];
                };
            };
        };
    };
    end_other_sessions_api_v1_me_sessions_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    end_session_api_v1_me_sessions__session_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_missing_tracks_api_v1_missing_tracks_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                library_id?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["MissingTrack"][];
                        next: string | null;
                        total?: number | null;
                    };
                };
            };
        };
    };
    purge_api_v1_missing_tracks_purge_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Purge"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purged"];
                };
            };
        };
    };
    now_playing_api_v1_now_playing_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["NowPlayingItem"][];
                    };
                };
            };
        };
    };
    report_now_playing_api_v1_now_playing_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Present"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    files_api_v1_playlist_files_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListFileItem"][];
                    };
                };
            };
        };
    };
    tree_api_v1_playlist_folders_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistShelf"];
                };
            };
        };
    };
    create_api_v1_playlist_folders_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFolder"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistFolder"];
                };
            };
        };
    };
    delete_api_v1_playlist_folders__folder_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistShelf"];
                };
            };
        };
    };
    rename_api_v1_playlist_folders__folder_id__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FolderName"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistFolder"];
                };
            };
        };
    };
    move_api_v1_playlist_folders__folder_id__move_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FolderMove"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistShelf"];
                };
            };
        };
    };
    put_api_v1_playlist_folders_places_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ListsMove"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistShelf"];
                };
            };
        };
    };
    list_playlists_api_v1_playlists_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PlaylistItem"][];
                    };
                };
            };
        };
    };
    create_api_v1_playlists_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPlaylist"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    get_playlist_api_v1_playlists__playlist_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistDetail"];
                };
            };
        };
    };
    delete_api_v1_playlists__playlist_id__delete: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_api_v1_playlists__playlist_id__patch: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaylistChange"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    already_in_api_v1_playlists__playlist_id__already_in_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Asked"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlreadyIn"];
                };
            };
        };
    };
    playlist_cover_api_v1_playlists__playlist_id__cover_get: {
        parameters: {
            query?: {
                size?: number;
            };
            header?: never;
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    put_cover_api_v1_playlists__playlist_id__cover_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    remove_cover_api_v1_playlists__playlist_id__cover_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    dedupe_api_v1_playlists__playlist_id__dedupe_post: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    duplicate_api_v1_playlists__playlist_id__duplicate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Copied"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    replace_api_v1_playlists__playlist_id__entries_put: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Replaced"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    add_api_v1_playlists__playlist_id__entries_post: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Added"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    remove_api_v1_playlists__playlist_id__entries_delete: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Removed"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    file_of_playlist_api_v1_playlists__playlist_id__file_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListFileItem"];
                };
            };
        };
    };
    freeze_api_v1_playlists__playlist_id__freeze_post: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    move_api_v1_playlists__playlist_id__move_post: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Moved"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    refresh_api_v1_playlists__playlist_id__refresh_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    get_rule_api_v1_playlists__playlist_id__rule_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistRule"];
                };
            };
        };
    };
    set_rule_api_v1_playlists__playlist_id__rule_put: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRule"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    export_nsp_api_v1_playlists__playlist_id__rule_nsp_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    create_api_v1_playlists__playlist_id__shares_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewShare"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareItem"];
                };
            };
        };
    };
    sort_api_v1_playlists__playlist_id__sort_post: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SortedBy"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    undo_api_v1_playlists__playlist_id__undo_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    import_nsp_api_v1_playlists_nsp_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NspFile"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NspImport"];
                };
            };
        };
    };
    history_api_v1_plays_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PlayItem"][];
                        next: string | null;
                        total?: number | null;
                    };
                };
            };
        };
    };
    add_plays_api_v1_plays_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlayReports"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recorded"];
                };
            };
        };
    };
    make_api_v1_prompt_make_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeBody"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptMade"];
                };
            };
        };
    };
    plan_api_v1_prompt_plan_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Sentence"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptPlanned"];
                };
            };
        };
    };
    save_api_v1_prompt_save_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveBody"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptSaved"];
                };
            };
        };
    };
    get_queue_api_v1_queue_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQueue"];
                };
            };
        };
    };
    put_queue_api_v1_queue_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Queue"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQueue"];
                };
            };
        };
    };
    order_queue_api_v1_queue_order_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Unordered"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueOrder"];
                };
            };
        };
    };
    rate_api_v1_ratings__kind___item_id__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
                kind: "track" | "album" | "artist";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Stars"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    fields_api_v1_rules_fields_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RuleFieldItem"][];
                    };
                };
            };
        };
    };
    preview_api_v1_rules_preview_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleQuestion"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulePreview"];
                };
            };
        };
    };
    suggest_api_v1_rules_suggest_get: {
        parameters: {
            query: {
                field: string;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RuleSuggestion"][];
                    };
                };
            };
        };
    };
    list_scans_api_v1_scans_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                library_id?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ScanItem"][];
                        next: string | null;
                        total?: number | null;
                    };
                };
            };
        };
    };
    current_scans_api_v1_scans_current_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ScanItem"][];
                    };
                };
            };
        };
    };
    list_schedule_api_v1_schedule_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timers"];
                };
            };
        };
    };
    search_api_v1_search_get: {
        parameters: {
            query?: {
                limit?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
        };
    };
    search_tracks_api_v1_search_tracks_get: {
        parameters: {
            query?: {
                analysed?: boolean | null;
                bpm_max?: number | null;
                bpm_min?: number | null;
                cursor?: string | null;
                energy_max?: number | null;
                energy_min?: number | null;
                genre_id?: string | null;
                key?: string[] | null;
                key_compatible?: boolean;
                liked?: boolean | null;
                limit?: number;
                q?: string;
                rated_min?: number | null;
                year_from?: number | null;
                year_to?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackAnswer"];
                };
            };
        };
    };
    get_fragment_api_v1_seg__track_id___tier___number__get: {
        parameters: {
            query: {
                v: string;
            };
            header?: never;
            path: {
                number: number;
                tier: string;
                track_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/aac": string;
                    "audio/mp4": string;
                    "audio/mpeg": string;
                };
            };
        };
    };
    get_init_api_v1_seg__track_id___tier__init_get: {
        parameters: {
            query: {
                v: string;
            };
            header?: never;
            path: {
                tier: string;
                track_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/aac": string;
                    "audio/mp4": string;
                    "audio/mpeg": string;
                };
            };
        };
    };
    server_api_v1_server_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
        };
    };
    change_api_v1_server_patch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["resonance__api__rest__server__ServerChange"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
        };
    };
    list_servers_api_v1_servers_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ServerItem"][];
                    };
                };
            };
        };
    };
    add_server_api_v1_servers_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewServer"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerItem"];
                };
            };
        };
    };
    remove_server_api_v1_servers__server_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_server_api_v1_servers__server_id__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["resonance__api__rest__remote__ServerChange"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerItem"];
                };
            };
        };
    };
    cancel_sync_api_v1_servers__server_id__cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    check_mappings_api_v1_servers__server_id__mappings_check_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MappingList"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MappingCheck"];
                };
            };
        };
    };
    list_runs_api_v1_servers__server_id__runs_get: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SyncRun"][];
                    };
                };
            };
        };
    };
    list_notes_api_v1_servers__server_id__runs__run_id__notes_get: {
        parameters: {
            query?: {
                action?: string | null;
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                run_id: string;
                server_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SyncNote"][];
                    };
                };
            };
        };
    };
    part_song_api_v1_servers__server_id__songs__remote_id__part_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                remote_id: string;
                server_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Parted"];
                };
            };
        };
    };
    sync_server_api_v1_servers__server_id__sync_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SyncWish"] | null;
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queued"];
                };
            };
        };
    };
    test_server_api_v1_servers_test_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Address"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerFound"];
                };
            };
        };
    };
    list_sets_api_v1_sets_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SetItem"][];
                    };
                };
            };
        };
    };
    create_set_api_v1_sets_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSet"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetDetail"];
                };
            };
        };
    };
    get_set_api_v1_sets__set_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                set_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetDetail"];
                };
            };
        };
    };
    delete_set_api_v1_sets__set_id__delete: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                set_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_set_api_v1_sets__set_id__patch: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                set_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetChange"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetDetail"];
                };
            };
        };
    };
    arrange_set_api_v1_sets__set_id__arrange_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                set_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArrangeBody"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetRun"];
                };
            };
        };
    };
    get_history_api_v1_sets__set_id__history_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                set_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SetVersion"][];
                    };
                };
            };
        };
    };
    get_mends_api_v1_sets__set_id__joints__position__swaps_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                position: number;
                set_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["MendProposal"][];
                    };
                };
            };
        };
    };
    save_as_playlist_api_v1_sets__set_id__playlist_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                set_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AsPlaylist"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistItem"];
                };
            };
        };
    };
    get_pool_api_v1_sets__set_id__pool_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                set_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolInfo"];
                };
            };
        };
    };
    restore_set_api_v1_sets__set_id__restore_post: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                set_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Restored"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetDetail"];
                };
            };
        };
    };
    put_slots_api_v1_sets__set_id__slots_put: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                set_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Slots"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetDetail"];
                };
            };
        };
    };
    get_alternatives_api_v1_sets__set_id__slots__position__alternatives_get: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                position: number;
                set_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SlotAlternative"][];
                    };
                };
            };
        };
    };
    get_run_api_v1_sets_runs__run_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetRun"];
                };
            };
        };
    };
    cancel_run_api_v1_sets_runs__run_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetRun"];
                };
            };
        };
    };
    setup_api_v1_setup_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetupBody"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionBody"];
                };
            };
        };
    };
    cover_api_v1_shared__share_id__cover_get: {
        parameters: {
            query?: {
                size?: number;
            };
            header?: never;
            path: {
                share_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    track_cover_api_v1_shared__share_id__covers__cover_id__get: {
        parameters: {
            query?: {
                size?: number;
            };
            header?: never;
            path: {
                cover_id: string;
                share_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    stream_api_v1_shared__share_id__stream__track_id__get: {
        parameters: {
            query?: {
                format?: string | null;
            };
            header?: never;
            path: {
                share_id: string;
                track_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    open__api_v1_shared_open_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Knock"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareDoor"];
                };
            };
        };
    };
    mine_api_v1_shares_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ShareItem"][];
                    };
                };
            };
        };
    };
    end_api_v1_shares__share_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                share_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_api_v1_shares__share_id__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                share_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShareChange"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareItem"];
                };
            };
        };
    };
    sonic_blend_api_v1_sonic_blend_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BlendBody"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimilarTracks"];
                };
            };
        };
    };
    sonic_path_api_v1_sonic_path_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PathBody"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SonicPath"];
                };
            };
        };
    };
    list_tags_api_v1_tags_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TagItem"][];
                    };
                };
            };
        };
    };
    list_tracks_api_v1_tracks_get: {
        parameters: {
            query?: {
                album_id?: string | null;
                analysed?: boolean | null;
                artist_id?: string | null;
                bpm_max?: number | null;
                bpm_min?: number | null;
                cursor?: string | null;
                energy_max?: number | null;
                energy_min?: number | null;
                folder?: string | null;
                genre_id?: string | null;
                key?: string[];
                key_compatible?: boolean;
                library_id?: string | null;
                liked?: boolean | null;
                limit?: number;
                offset?: number | null;
                order?: ("asc" | "desc") | null;
                rated_min?: number | null;
                sort?: "title" | "artist" | "album" | "added" | "year" | "duration" | "play_count" | "rating" | "random" | "liked" | "bpm" | "key" | "energy";
                tag?: string | null;
                year_from?: number | null;
                year_to?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TrackItem"][];
                        next: string | null;
                        total?: number | null;
                    };
                };
            };
        };
    };
    get_track_api_v1_tracks__track_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackDetail"];
                };
            };
        };
    };
    get_track_analysis_api_v1_tracks__track_id__analysis_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackAnalysis"];
                };
            };
        };
    };
    correct_track_api_v1_tracks__track_id__analysis_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Correction"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackAnalysis"];
                };
            };
        };
    };
    get_cues_api_v1_tracks__track_id__cues_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CueList"];
                };
            };
        };
    };
    put_cues_api_v1_tracks__track_id__cues_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Cues"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CueList"];
                };
            };
        };
    };
    get_lyrics_api_v1_tracks__track_id__lyrics_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Lyrics"][];
                    };
                };
            };
        };
    };
    put_lyrics_api_v1_tracks__track_id__lyrics_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnText"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Lyrics"][];
                    };
                };
            };
        };
    };
    delete_lyrics_api_v1_tracks__track_id__lyrics_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Lyrics"][];
                    };
                };
            };
        };
    };
    find_lyrics_api_v1_tracks__track_id__lyrics_find_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Lyrics"][];
                    };
                };
            };
        };
    };
    put_offset_api_v1_tracks__track_id__lyrics_offset_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Offset"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Lyrics"][];
                    };
                };
            };
        };
    };
    mixes_well_api_v1_tracks__track_id__mixes_well_get: {
        parameters: {
            query?: {
                among?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MixingTracks"];
                };
            };
        };
    };
    put_moods_api_v1_tracks__track_id__moods_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnMoods"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["MoodItem"][];
                    };
                };
            };
        };
    };
    put_note_api_v1_tracks__track_id__note_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Note"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
        };
    };
    get_manifest_api_v1_tracks__track_id__playback_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaybackManifest"];
                };
            };
        };
    };
    similar_tracks_api_v1_tracks__track_id__similar_get: {
        parameters: {
            query?: {
                bpm_max?: number | null;
                bpm_min?: number | null;
                by?: "sound" | "tags" | "mixed";
                genre_id?: string | null;
                key?: string[] | null;
                limit?: number;
                per_artist?: number | null;
                year_from?: number | null;
                year_to?: number | null;
            };
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimilarTracks"];
                };
            };
        };
    };
    put_tags_api_v1_tracks__track_id__tags_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Tags"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tags"];
                };
            };
        };
    };
    get_waveform_api_v1_tracks__track_id__waveform_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                track_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Waveform"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Waveform"];
                };
            };
        };
    };
    tracks_by_ids_api_v1_tracks_by_ids_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrackIds"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TrackItem"][];
                    };
                };
            };
        };
    };
    list_track_ids_api_v1_tracks_ids_get: {
        parameters: {
            query?: {
                album_id?: string | null;
                analysed?: boolean | null;
                artist_id?: string | null;
                bpm_max?: number | null;
                bpm_min?: number | null;
                energy_max?: number | null;
                energy_min?: number | null;
                folder?: string | null;
                genre_id?: string | null;
                key?: string[];
                key_compatible?: boolean;
                library_id?: string | null;
                liked?: boolean | null;
                limit?: number;
                offset?: number;
                order?: ("asc" | "desc") | null;
                rated_min?: number | null;
                sort?: "title" | "artist" | "album" | "added" | "year" | "duration" | "play_count" | "rating" | "random" | "liked" | "bpm" | "key" | "energy";
                tag?: string | null;
                year_from?: number | null;
                year_to?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackIds"];
                };
            };
        };
    };
    users_api_v1_users_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_ListedUser_"];
                };
            };
        };
    };
    create_api_v1_users_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedUser"];
                };
            };
        };
    };
    remove_api_v1_users__user_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_api_v1_users__user_id__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedUser"];
                };
            };
        };
    };
    reset_password_api_v1_users__user_id__password_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordReset"];
            };
        };
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_years_api_v1_years_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["YearItem"][];
                    };
                };
            };
        };
    };
}
